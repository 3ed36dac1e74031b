import { Progress, SegmentedControl, Table, Text } from '@mantine/core';
import { IconPlayerPlay, IconTargetArrow } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { hasEnded, queries, type RunView } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { formatAgo, formatDuration, humanize } from '@/components/format';
import { ButtonLink, TextLink } from '@/components/links';
import { LoadingLines } from '@/components/Loading';
import { formatMetric, mainMetric, metricTitle } from '@/components/metricWords';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { StatusBadge } from '@/components/StatusBadge';
import { WideTable } from '@/components/WideTable';

const filters = [
  { value: 'all', label: 'All' },
  { value: 'busy', label: 'Running' },
  { value: 'completed', label: 'Completed' },
  { value: 'failed', label: 'Not completed' },
];

function fits(run: RunView, filter: string) {
  const { status } = run.job;
  return filter === 'all' || (filter === 'busy' ? !hasEnded(status) : filter === 'completed' ? status === 'completed' : status === 'failed' || status === 'cancelled');
}

export function RunsPage() {
  return (
    <>
      <PageHeader
        title="Runs" description="Every training with its settings, its course and its results."
        actions={<ButtonLink to="/train" leftSection={<IconPlayerPlay size={16} aria-hidden />}>Train a model</ButtonLink>}
      />
      <RunsList />
    </>
  );
}

function RunsList() {
  const [filter, setFilter] = useState('all');
  const runs = useQuery(queries.runs());
  if (runs.isPending) {
    return <LoadingLines lines={8} />;
  }

  if (runs.isError) {
    return <ProblemNotice error={runs.error} onRetry={() => void runs.refetch()} />;
  }

  if (runs.data.items.length === 0) {
    return (
      <EmptyState icon={IconTargetArrow} title="Nothing trained yet" action={<ButtonLink to="/train">Train a model</ButtonLink>}>
        A run is the record of one training. You need a table first; then choose what to predict.
      </EmptyState>
    );
  }

  const shown = runs.data.items.filter((run) => fits(run, filter));
  return (
    <Section title={`${runs.data.total} in all`} actions={<SegmentedControl size="xs" data={filters} value={filter} onChange={setFilter} aria-label="Which runs to show" />} flush>
      <WideTable label="Runs" minWidth={820}>
        <Table highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Run</Table.Th>
              <Table.Th scope="col" miw={130}>Status</Table.Th>
              <Table.Th scope="col">Test result</Table.Th>
              <Table.Th scope="col">Predicts</Table.Th>
              <Table.Th scope="col">Algorithm</Table.Th>
              <Table.Th scope="col" ta="end">Took</Table.Th>
              <Table.Th scope="col">Started</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>{shown.map((run) => <RunRow key={run.id} run={run} />)}</Table.Tbody>
        </Table>
      </WideTable>
      {shown.length === 0 && <EmptyState icon={IconTargetArrow} title="No run fits this choice" />}
    </Section>
  );
}

function RunRow({ run }: { run: RunView }) {
  const { job } = run;
  const metric = mainMetric(run.metrics);
  return (
    <Table.Tr>
      <Table.Td>
        <TextLink to="/runs/$runId" params={{ runId: run.id }} fw={500} c="inherit" style={{ overflowWrap: 'anywhere' }}>{run.name}</TextLink>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{run.dataset_name}</Text>
      </Table.Td>
      <Table.Td>
        <StatusBadge status={job.status} />
        {!hasEnded(job.status) && <Progress value={job.progress} size="xs" mt={5} aria-label={`Progress of ${run.name}`} />}
      </Table.Td>
      <Table.Td>
        {metric === null ? <Text span c="dimmed">{'\u2013'}</Text> : <><strong>{formatMetric(metric.name, metric.value)}</strong> <Text span size="sm" c="dimmed">{metricTitle(metric.name).toLowerCase()}</Text></>}
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{run.plan.target ?? 'no target'}</Table.Td>
      <Table.Td>{humanize(run.plan.algorithm)}</Table.Td>
      <Table.Td ta="end">{formatDuration(job.started_at, job.ended_at)}</Table.Td>
      <Table.Td><Text span size="sm" c="dimmed">{formatAgo(run.created_at)}</Text></Table.Td>
    </Table.Tr>
  );
}
