import { Table } from '@mantine/core';
import type { Evaluation } from '@/api';
import { formatCount, formatNumber } from '@/components/format';
import { TextLink } from '@/components/links';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';

const mostSlices = 8;

/** Test rows on which the model is clearly worse than on the others, by what they have in common. */
export function SlicesPanel({ evaluation }: { evaluation: Evaluation }) {
  const slices = (evaluation.worst_slices ?? []).slice(0, mostSlices);
  if (slices.length === 0) {
    return null;
  }

  const loss = evaluation.task === 'regression' ? 'Mean error' : 'Mean log loss';
  return (
    <Section
      title="Where it is worst" flush
      description={<>What the rows have in common on which it errs most, where that is more than chance. Single rows stand under {'\u201c'}<TextLink to="." search={{ tab: 'rows' }} size="sm">Test rows and reasons</TextLink>{'\u201d'}, the worst first.</>}
    >
      <WideTable label="Where it is worst" minWidth={440}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Rows where</Table.Th>
              <Table.Th scope="col" ta="end">Rows</Table.Th>
              <Table.Th scope="col" ta="end">{loss} there</Table.Th>
              <Table.Th scope="col" ta="end">Elsewhere</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {slices.map((slice, index) => (
              <Table.Tr key={index}>
                <Table.Th scope="row" fw={500} style={{ overflowWrap: 'anywhere' }}>{slice.conditions.map(({ text }) => text).join(' and ')}</Table.Th>
                <Table.Td ta="end">{formatCount(slice.row_count)}</Table.Td>
                <Table.Td ta="end"><strong>{formatNumber(slice.mean_loss, 3)}</strong></Table.Td>
                <Table.Td ta="end">{formatNumber(slice.mean_loss_elsewhere, 3)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
    </Section>
  );
}
