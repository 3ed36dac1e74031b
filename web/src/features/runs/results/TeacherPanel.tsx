import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries, type Evaluation, type TrainedRun } from '@/api';
import { formatBytes, formatNumber, formatShare } from '@/components/format';
import { TextLink } from '@/components/links';
import { formatMetric, metricTitle } from '@/components/metricWords';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';
import { comparedInWords } from './teacher';

/** The large model whose answers a small one learned, beside it on the same test rows. */
export function TeacherPanel({ run, evaluation }: { run: TrainedRun; evaluation: Evaluation }) {
  const results = useQuery({ ...queries.modelResults(run.model_id ?? ''), enabled: run.model_id !== null });
  const teacher = results.data?.taught_by;
  if (!teacher) {
    return null;
  }

  const { metric } = teacher;
  return (
    <Section
      title="Beside its teacher" flush
      description={`It learned the answers of ${teacher.name}, not the truth. ${teacher.fidelity === null ? '' : `It follows these by ${formatShare(Math.max(0, teacher.fidelity))} (R\u00b2). `}${comparedInWords(teacher.against_student)}`}
    >
      <WideTable label="Beside its teacher" minWidth={480}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Model</Table.Th><Table.Th scope="col" ta="end">{metricTitle(metric)}</Table.Th><Table.Th scope="col" ta="end">A row takes</Table.Th><Table.Th scope="col" ta="end">Size</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            <Table.Tr>
              <Table.Th scope="row">The small model</Table.Th><Table.Td ta="end"><strong>{formatMetric(metric, evaluation.metrics[metric])}</strong></Table.Td>
              <Table.Td ta="end">{`${formatNumber(teacher.student_microseconds, 3)} \u00b5s`}</Table.Td><Table.Td ta="end">{formatBytes(teacher.student_bytes)}</Table.Td>
            </Table.Tr>
            <Table.Tr>
              <Table.Th scope="row" fw={500}><TextLink to="/models/$modelId" params={{ modelId: teacher.model_id }} c="inherit">{teacher.name}</TextLink></Table.Th>
              <Table.Td ta="end">{formatMetric(metric, teacher.metrics[metric])}</Table.Td>
              <Table.Td ta="end">{`${formatNumber(teacher.microseconds, 3)} \u00b5s`}</Table.Td><Table.Td ta="end">{formatBytes(teacher.bytes)}</Table.Td>
            </Table.Tr>
          </Table.Tbody>
        </Table>
      </WideTable>
    </Section>
  );
}
