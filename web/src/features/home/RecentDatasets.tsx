import { Table, Text } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { queries } from '@/api';
import { DatasetOrigin } from '@/components/DatasetOrigin';
import { EmptyState } from '@/components/EmptyState';
import { counted, formatAgo } from '@/components/format';
import { TextLink } from '@/components/links';
import { LoadingLines } from '@/components/Loading';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';

const most = 6;

export function RecentDatasets() {
  const datasets = useQuery(queries.datasets());
  if (datasets.isPending) {
    return <Section title="Recent datasets"><LoadingLines /></Section>;
  }

  if (datasets.isError) {
    return <Section title="Recent datasets"><ProblemNotice error={datasets.error} onRetry={() => void datasets.refetch()} /></Section>;
  }

  if (datasets.data.items.length === 0) {
    return <Section title="Recent datasets"><EmptyState icon={IconDatabase} title="No tables yet">Bring one with the first step above.</EmptyState></Section>;
  }

  return (
    <Section title="Recent datasets" actions={<TextLink to="/datasets" size="sm">All datasets</TextLink>} flush>
      <Table highlightOnHover>
        <Table.Thead><Table.Tr><Table.Th scope="col">Dataset</Table.Th><Table.Th scope="col">Origin</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {datasets.data.items.slice(0, most).map((dataset) => (
            <Table.Tr key={dataset.id}>
              <Table.Td>
                <TextLink to="/datasets/$datasetId" params={{ datasetId: dataset.id }} fw={500} c="inherit" style={{ overflowWrap: 'anywhere' }}>{dataset.name}</TextLink>
                <Text size="xs" c="dimmed">
                  {dataset.status === 'ready' ? `${counted(dataset.row_count, 'row')}, ${counted(dataset.column_count, 'column')}` : dataset.status} {'\u00b7'} {formatAgo(dataset.created_at)}
                </Text>
              </Table.Td>
              <Table.Td><DatasetOrigin origin={dataset.origin} /></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
