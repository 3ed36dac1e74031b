import { Table, Text } from '@mantine/core';
import type { ComparisonView, MetricSeries } from '@/api';
import { FoldDots } from '@/charts';
import { formatNumber } from '@/components/format';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';
import { useAlgorithmText } from './algorithmText';
import { meanOf, scoreDomain } from './verdict';

/** The scores of the folds that are done, while others still learn. */
export function LiveScores({ comparison, series }: { comparison: ComparisonView; series: readonly MetricSeries[] }) {
  const algorithmText = useAlgorithmText();
  const scored = new Map(series.map(({ name, points }) => [name, points.flatMap(([, value]) => (typeof value === 'number' ? [value] : []))]));
  const names = [...new Set([...comparison.algorithms, ...scored.keys()])];
  const domain = scoreDomain([...scored.values()]);
  return (
    <Section title="Scores so far" description="Ranked when all are done; an algorithm's mean over a few folds may still move." flush>
      <WideTable label="Scores so far" minWidth={520}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Algorithm</Table.Th>
              <Table.Th scope="col" ta="end">Mean so far</Table.Th>
              <Table.Th scope="col" w="40%">Folds</Table.Th>
              <Table.Th scope="col" ta="end">Done</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {names.map((name) => {
              const scores = scored.get(name) ?? [];
              return (
                <Table.Tr key={name}>
                  <Table.Th scope="row" fw={500} style={{ overflowWrap: 'anywhere' }}>{algorithmText(name)}</Table.Th>
                  <Table.Td ta="end">{formatNumber(meanOf(scores), 4)}</Table.Td>
                  <Table.Td>{scores.length === 0 ? <Text span size="sm" c="dimmed">waits for its turn</Text> : <FoldDots scores={scores} domain={domain} label={`Scores of ${algorithmText(name)}`} />}</Table.Td>
                  <Table.Td ta="end">{scores.length} of {comparison.folds}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </WideTable>
    </Section>
  );
}
