import { Table } from '@mantine/core';
import type { Evaluation } from '@/api';
import { FoldedSection } from '@/components/FoldedSection';
import { formatMetric, metricTitle, orderedMetrics } from '@/components/metricWords';

/** What cross-validation of the training rows said, beside the test. */
export function FoldsPanel({ evaluation }: { evaluation: Evaluation }) {
  const folds = new Map(Object.entries(evaluation.cross_validated ?? {}));
  const tested = new Map(Object.entries(evaluation.metrics));
  const count = Math.max(0, ...[...folds.values()].map((summary) => summary.fold_count));
  if (folds.size === 0) {
    return null;
  }

  const ordered = orderedMetrics(Object.fromEntries([...folds].map(([name, summary]) => [name, summary.mean])), evaluation.task);
  const main = ordered[0];
  return (
    <FoldedSection
      title="Cross-validation"
      summary={`${count} parts of the training rows${main ? `: ${metricTitle(main.name).toLowerCase()} ${formatMetric(main.name, main.value)} \u00b1 ${formatMetric(main.name, folds.get(main.name)?.standard_deviation)}` : ''}`}
      description="The same training on all parts but one, measured on that one, in turn. The spread says how much a figure depends on which rows were learned from."
    >
      <div style={{ overflowX: 'auto' }} tabIndex={0} role="group" aria-label="Cross-validation">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Metric</Table.Th>
              <Table.Th scope="col" ta="end">Mean of the folds</Table.Th>
              <Table.Th scope="col" ta="end">Spread</Table.Th>
              <Table.Th scope="col" ta="end">Test</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {ordered.map(({ name, value }) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" fw={500}>{metricTitle(name)}</Table.Th>
                <Table.Td ta="end">{formatMetric(name, value)}</Table.Td>
                <Table.Td ta="end">{formatMetric(name, folds.get(name)?.standard_deviation)}</Table.Td>
                <Table.Td ta="end">{formatMetric(name, tested.get(name))}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </FoldedSection>
  );
}
