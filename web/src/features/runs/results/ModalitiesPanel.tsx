import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries, type ModalityAblation } from '@/api';
import { Section } from '@/components/Section';
import { formatMetric, metricTitle } from '@/components/metricWords';
import { WideTable } from '@/components/WideTable';
import { orderedModalities } from './orderedModalities';

/** What a network that joins several kinds of columns is worth without each of them. */
export function ModalitiesPanel({ modalities }: { modalities: readonly ModalityAblation[] }) {
  const metrics = useQuery({ ...queries.metrics(), enabled: modalities.length > 0 });
  const [first] = modalities;
  if (first === undefined) {
    return null;
  }

  const lowerIsBetter = metrics.data?.find(({ name }) => name === first.metric)?.higher_is_better === false;
  return (
    <Section
      title="What each part is worth" flush
      description={`${metricTitle(first.metric)} on the test rows is ${formatMetric(first.metric, first.with)} with all parts; here with one of them treated as missing in every row.`}
    >
      <WideTable label="What each part is worth" minWidth={360}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Part</Table.Th>
              <Table.Th scope="col" ta="end">Without it</Table.Th>
              <Table.Th scope="col" ta="end">Lost</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {orderedModalities(modalities, lowerIsBetter).map(({ modality, metric, without, lost }) => (
              <Table.Tr key={modality}>
                <Table.Th scope="row" fw={500}>{modality === 'table' ? 'All other columns' : modality}</Table.Th>
                <Table.Td ta="end">{formatMetric(metric, without)}</Table.Td>
                <Table.Td ta="end">{formatMetric(metric, lost)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
    </Section>
  );
}
