import { Badge, Loader, Table, Text } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { queries, type DatasetView } from '@/api';
import { DatasetOrigin } from '@/components/DatasetOrigin';
import { EmptyState } from '@/components/EmptyState';
import { counted, formatAgo, formatBytes } from '@/components/format';
import { TextLink } from '@/components/links';
import { LoadingLines } from '@/components/Loading';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { SourceList } from '@/components/SourceList';
import { UploadTable } from '@/components/UploadTable';
import { WideTable } from '@/components/WideTable';
import classes from './DatasetsPage.module.css';

export function DatasetsPage() {
  const navigate = useNavigate();
  const open = useCallback((datasetId: string) => void navigate({ to: '/datasets/$datasetId', params: { datasetId } }), [navigate]);
  return (
    <>
      <PageHeader title="Datasets" description="Tables to learn from. A stored table never changes: reading it with other types makes a new version." />
      <div className={classes.page}>
        <div className={classes.own}>
          <Section title="Upload a table"><UploadTable compact onStored={open} /></Section>
          <StoredDatasets />
        </div>
        <Section title="Exoplanet surveys"><SourceList onReady={open} /></Section>
      </div>
    </>
  );
}

function StoredDatasets() {
  const datasets = useQuery(queries.datasets());
  if (datasets.isPending) {
    return <Section title="Stored"><LoadingLines lines={6} /></Section>;
  }

  if (datasets.isError) {
    return <Section title="Stored"><ProblemNotice error={datasets.error} onRetry={() => void datasets.refetch()} /></Section>;
  }

  if (datasets.data.items.length === 0) {
    return <Section title="Stored"><EmptyState icon={IconDatabase} title="No tables yet">Drop a file above, or make a simulated survey to look around without data of your own.</EmptyState></Section>;
  }

  return (
    <Section title="Stored" flush>
      <WideTable label="Stored datasets" minWidth={440}>
        <Table highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Name</Table.Th>
              <Table.Th scope="col">Origin</Table.Th>
              <Table.Th scope="col" ta="end">Size</Table.Th>
              <Table.Th scope="col">Stored</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>{datasets.data.items.map((dataset) => <DatasetRow key={dataset.id} dataset={dataset} />)}</Table.Tbody>
        </Table>
      </WideTable>
    </Section>
  );
}

function DatasetRow({ dataset }: { dataset: DatasetView }) {
  return (
    <Table.Tr>
      <Table.Td>
        <TextLink to="/datasets/$datasetId" params={{ datasetId: dataset.id }} fw={500} c="inherit" style={{ overflowWrap: 'anywhere' }}>{dataset.name}</TextLink>
        {dataset.version > 1 && <Text span size="xs" c="dimmed" ml={6}>version {dataset.version}</Text>}
        {dataset.status === 'failed' && <Badge color="red" ml={8}>Not readable</Badge>}
        {dataset.status === 'reading' && <Badge ml={8} leftSection={<Loader size={10} color="currentColor" aria-hidden />}>Reading</Badge>}
        {dataset.status === 'ready' && <Text size="xs" c="dimmed">{counted(dataset.row_count, 'row')}, {counted(dataset.column_count, 'column')}</Text>}
      </Table.Td>
      <Table.Td><DatasetOrigin origin={dataset.origin} /></Table.Td>
      <Table.Td ta="end" className={classes.short}>{formatBytes(dataset.bytes)}</Table.Td>
      <Table.Td className={classes.short}><Text span size="sm" c="dimmed">{formatAgo(dataset.created_at)}</Text></Table.Td>
    </Table.Tr>
  );
}
