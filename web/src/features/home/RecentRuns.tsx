import { Table, Text } from '@mantine/core';
import { IconTargetArrow } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { queries, runStatus } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { formatAgo } from '@/components/format';
import { TextLink } from '@/components/links';
import { LoadingLines } from '@/components/Loading';
import { formatMetric, mainMetric, metricTitle } from '@/components/metricWords';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { StatusBadge } from '@/components/StatusBadge';
import { WideTable } from '@/components/WideTable';

const most = 6;

export function RecentRuns() {
  const runs = useQuery(queries.runs());
  const all = <TextLink to="/runs" size="sm">All runs</TextLink>;
  if (runs.isPending) {
    return <Section title="Recent runs"><LoadingLines /></Section>;
  }

  if (runs.isError) {
    return <Section title="Recent runs"><ProblemNotice error={runs.error} onRetry={() => void runs.refetch()} /></Section>;
  }

  if (runs.data.items.length === 0) {
    return <Section title="Recent runs"><EmptyState icon={IconTargetArrow} title="Nothing trained yet">A run is the record of one training: its settings, its course and its results.</EmptyState></Section>;
  }

  return (
    <Section title="Recent runs" actions={all} flush>
      <WideTable label="Recent runs" minWidth={420}>
        <Table highlightOnHover>
          <Table.Thead>
            <Table.Tr><Table.Th scope="col">Run</Table.Th><Table.Th scope="col">Status</Table.Th><Table.Th scope="col">Result</Table.Th><Table.Th scope="col">Started</Table.Th></Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {runs.data.items.slice(0, most).map((run) => {
              const metric = mainMetric(run.metrics);
              return (
                <Table.Tr key={run.id}>
                  <Table.Td>
                    <TextLink to="/runs/$runId" params={{ runId: run.id }} fw={500} c="inherit">{run.name}</TextLink>
                    <Text size="xs" c="dimmed">{run.dataset_name}</Text>
                  </Table.Td>
                  <Table.Td><StatusBadge status={runStatus(run)} /></Table.Td>
                  <Table.Td>{metric === null ? <Text span c="dimmed">{'\u2013'}</Text> : `${metricTitle(metric.name)} ${formatMetric(metric.name, metric.value)}`}</Table.Td>
                  <Table.Td><Text span c="dimmed" size="sm">{formatAgo(run.created_at)}</Text></Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </WideTable>
    </Section>
  );
}
