import { Progress, Table, Text } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { hasEnded, queries, type ComparisonView } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { counted, formatAgo, formatDuration } from '@/components/format';
import { ButtonLink, TextLink } from '@/components/links';
import { LoadingBlock } from '@/components/Loading';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { StatusBadge } from '@/components/StatusBadge';
import { WideTable } from '@/components/WideTable';
import { chosenTable, TableChoice } from '../train/TableChoice';
import { CompareForm } from './CompareForm';
import { useAlgorithmText } from './algorithmText';

/** Finds out which algorithm suits a table, and shows what was found out before. */
export function ComparePage() {
  const { dataset: chosen } = useSearch({ from: '/compare' });
  const navigate = useNavigate();
  const datasets = useQuery(queries.datasets());
  const presets = useQuery(queries.presets());
  const algorithms = useQuery(queries.algorithms());
  const steps = useQuery(queries.steps());
  const metrics = useQuery(queries.metrics());
  const comparisons = useQuery(queries.comparisons());
  const header = <PageHeader title="Compare algorithms" description="Measures several algorithms on the same parts of a table, and says which differences are more than chance." />;
  const failed = [datasets, presets, algorithms, steps, metrics, comparisons].find((query) => query.isError);
  if (failed) {
    return <>{header}<ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} /></>;
  }

  if (!datasets.data || !presets.data || !algorithms.data || !steps.data || !metrics.data || !comparisons.data) {
    return <>{header}<LoadingBlock height={90} /><LoadingBlock height={260} /></>;
  }

  const ready = datasets.data.items.filter((dataset) => dataset.status === 'ready');
  if (ready.length === 0) {
    return (
      <>
        {header}
        <EmptyState icon={IconDatabase} title="A comparison needs a table to learn from" action={<ButtonLink to="/datasets">Bring a table</ButtonLink>}>
          Upload one of yours, or make a simulated survey to try things out.
        </EmptyState>
      </>
    );
  }

  const dataset = chosenTable(ready, chosen);
  return (
    <>
      {header}
      <TableChoice ready={ready} chosen={dataset} onChoose={(id) => void navigate({ to: '/compare', search: id === null ? {} : { dataset: id }, replace: true })} />
      {dataset && <CompareForm key={dataset.id} dataset={dataset} presets={presets.data} algorithms={algorithms.data} steps={steps.data} metrics={metrics.data} />}
      {comparisons.data.items.length > 0 && <div style={{ marginBlockStart: 16 }}><EarlierComparisons comparisons={comparisons.data.items} /></div>}
    </>
  );
}

function EarlierComparisons({ comparisons }: { comparisons: readonly ComparisonView[] }) {
  const algorithmText = useAlgorithmText();
  return (
    <Section title="Earlier comparisons" flush>
      <WideTable label="Earlier comparisons" minWidth={820}>
        <Table highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Comparison</Table.Th>
              <Table.Th scope="col" miw={130}>Status</Table.Th>
              <Table.Th scope="col">Best</Table.Th>
              <Table.Th scope="col">Compared</Table.Th>
              <Table.Th scope="col" ta="end">Took</Table.Th>
              <Table.Th scope="col">Started</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {comparisons.map((comparison) => (
              <Table.Tr key={comparison.id}>
                <Table.Td>
                  <TextLink to="/compare/$comparisonId" params={{ comparisonId: comparison.id }} fw={500} c="inherit" style={{ overflowWrap: 'anywhere' }}>{comparison.name}</TextLink>
                  <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{comparison.dataset_name}</Text>
                </Table.Td>
                <Table.Td>
                  <StatusBadge status={comparison.job.status} />
                  {!hasEnded(comparison.job.status) && <Progress value={comparison.job.progress} size="xs" mt={5} aria-label={`Progress of ${comparison.name}`} />}
                </Table.Td>
                <Table.Td>{comparison.best === null ? <Text span c="dimmed">{'\u2013'}</Text> : <strong>{algorithmText(comparison.best)}</strong>}</Table.Td>
                <Table.Td>{counted(comparison.algorithms.length, 'algorithm')}, {comparison.folds} folds</Table.Td>
                <Table.Td ta="end">{formatDuration(comparison.job.started_at, comparison.job.ended_at)}</Table.Td>
                <Table.Td><Text span size="sm" c="dimmed">{formatAgo(comparison.created_at)}</Text></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
    </Section>
  );
}
