import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries, type EnsembleMember, type Evaluation, type TrainedRun } from '@/api';
import { formatNumber, formatShare } from '@/components/format';
import { TextLink } from '@/components/links';
import { formatMetric, metricInText, metricTitle } from '@/components/metricWords';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';

/** The models that a run combined, each alone on the rows that tested the ensemble. */
export function MembersPanel({ run, evaluation }: { run: TrainedRun; evaluation: Evaluation }) {
  const results = useQuery({ ...queries.modelResults(run.model_id ?? ''), enabled: run.job.kind === 'ensemble' && run.model_id !== null });
  const members = results.data?.members;
  if (!members) {
    return null;
  }

  const { metric } = members;
  return (
    <Section title="Its members" description={`Each alone on the same test rows, by ${metricInText(metric)}. A difference counts where chance hardly makes one as large.`} flush>
      <WideTable label="Its members" minWidth={560}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Model</Table.Th><Table.Th scope="col" ta="end">Share of the vote</Table.Th><Table.Th scope="col" ta="end">{metricTitle(metric)}</Table.Th>
              <Table.Th scope="col" ta="end">Against the ensemble</Table.Th><Table.Th scope="col" ta="end">Chance of such a difference</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            <Table.Tr>
              <Table.Th scope="row">The ensemble</Table.Th><Table.Td /><Table.Td ta="end"><strong>{formatMetric(metric, evaluation.metrics[metric])}</strong></Table.Td><Table.Td /><Table.Td />
            </Table.Tr>
            {members.members.map((member) => <MemberRow key={member.model_id} member={member} metric={metric} />)}
          </Table.Tbody>
        </Table>
      </WideTable>
    </Section>
  );
}

function MemberRow({ member, metric }: { member: EnsembleMember; metric: string }) {
  const difference = member.against_ensemble;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}><TextLink to="/models/$modelId" params={{ modelId: member.model_id }} c="inherit">{member.name}</TextLink></Table.Th>
      <Table.Td ta="end">{member.weight === null ? <Text span c="dimmed">{'\u2013'}</Text> : formatShare(member.weight)}</Table.Td>
      <Table.Td ta="end">{formatMetric(metric, member.metrics[metric])}</Table.Td>
      <Table.Td ta="end">{difference ? `${(difference.mean ?? 0) > 0 ? '+' : ''}${formatNumber(difference.mean, 3)}` : '\u2013'}</Table.Td>
      <Table.Td ta="end">{difference ? formatShare(difference.p_value, 1) : '\u2013'}</Table.Td>
    </Table.Tr>
  );
}
