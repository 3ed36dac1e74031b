import { Button, Menu, Progress, Tabs, Text } from '@mantine/core';
import { IconArrowsSort, IconBinaryTree, IconDots, IconDownload, IconPlayerPlay, IconSparkles, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { downloads, ProblemError, queries, type DatasetView } from '@/api';
import { DatasetOrigin } from '@/components/DatasetOrigin';
import { counted, formatBytes, formatTime } from '@/components/format';
import { ButtonLink, MenuLink } from '@/components/links';
import { LoadingBlock, LoadingLines } from '@/components/Loading';
import { Notes } from '@/components/Notes';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { ColumnsPanel } from './ColumnsPanel';
import { DeleteDataset } from './DeleteDataset';
import { RowsPanel } from './RowsPanel';
import classes from './DatasetPage.module.css';

const parent = { to: '/datasets', label: 'Datasets' } as const;

export function DatasetPage() {
  const { datasetId } = useParams({ from: '/datasets/$datasetId' });
  const dataset = useQuery(queries.dataset(datasetId));
  if (dataset.isPending) {
    return <><PageHeader title="Dataset" parent={parent} /><LoadingLines lines={3} /><LoadingBlock height={320} /></>;
  }

  if (dataset.isError) {
    return <><PageHeader title="Dataset" parent={parent} /><ProblemNotice error={dataset.error} onRetry={() => void dataset.refetch()} /></>;
  }

  return <DatasetContent key={datasetId} dataset={dataset.data} />;
}

function DatasetContent({ dataset }: { dataset: DatasetView }) {
  const [deleting, setDeleting] = useState(false);
  const ready = dataset.status === 'ready';
  return (
    <>
      <PageHeader
        title={dataset.name}
        badge={<DatasetOrigin origin={dataset.origin} />}
        parent={parent}
        description={
          <>
            {ready && `${counted(dataset.row_count, 'row')}, ${counted(dataset.column_count, 'column')} \u00b7 `}
            {formatBytes(dataset.bytes)} {'\u00b7'} version {dataset.version}, stored {formatTime(dataset.created_at)}
          </>
        }
        actions={
          <>
            {ready && <ButtonLink to="/find" variant="default" search={{ dataset: dataset.id }} leftSection={<IconSparkles size={16} aria-hidden />}>Find the best model</ButtonLink>}
            {ready && <ButtonLink to="/train" search={{ dataset: dataset.id }} leftSection={<IconPlayerPlay size={16} aria-hidden />}>Train a model</ButtonLink>}
            <Menu position="bottom-end">
              <Menu.Target><Button variant="default" px="xs" aria-label="More actions"><IconDots size={17} /></Button></Menu.Target>
              <Menu.Dropdown>
                {ready && <MenuLink to="/compare" search={{ dataset: dataset.id }} leftSection={<IconArrowsSort size={16} />}>Compare algorithms on it</MenuLink>}
                <MenuLink to="/lineage" search={{ kind: 'dataset', id: dataset.id }} leftSection={<IconBinaryTree size={16} />}>Lineage</MenuLink>
                <Menu.Item component="a" href={downloads.datasetFile(dataset.id)} leftSection={<IconDownload size={16} />}>Download the original file</Menu.Item>
                <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>Delete</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        }
      />
      {dataset.status === 'reading' && <Reading jobId={dataset.job_id} />}
      {dataset.status === 'failed' && (
        <ProblemNotice error={new ProblemError('This table could not be read', -1, dataset.error ?? 'The reader did not say why. Download the original file and check that it opens elsewhere.')} />
      )}
      {ready && <ReadyDataset dataset={dataset} />}
      <DeleteDataset dataset={dataset} opened={deleting} onClose={() => setDeleting(false)} />
    </>
  );
}

function ReadyDataset({ dataset }: { dataset: DatasetView }) {
  const { tab = 'columns' } = useSearch({ from: '/datasets/$datasetId' });
  const navigate = useNavigate();
  return (
    <>
      {dataset.origin === 'simulated' && (
        <div className={classes.notes}>
          <Notes title="Simulated data" notes={['These stars and planets do not exist. The table has the archive’s columns and physically plausible values, for trying things out. Draw no scientific conclusions from it.']} />
        </div>
      )}
      <div className={classes.notes}><Notes notes={dataset.notes} title="Repaired or guessed while reading" /></div>
      <Tabs value={tab} onChange={(value) => void navigate({ to: '.', search: { tab: value ?? undefined }, replace: true })}>
        <Tabs.List mb="md">
          <Tabs.Tab value="columns">Columns</Tabs.Tab>
          <Tabs.Tab value="rows">Rows</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="columns"><ColumnsPanel dataset={dataset} /></Tabs.Panel>
        <Tabs.Panel value="rows"><RowsPanel dataset={dataset} /></Tabs.Panel>
      </Tabs>
      <Text size="xs" c="dimmed" mt="md" style={{ overflowWrap: 'anywhere' }}>SHA-256 of the original file: {dataset.content_hash}</Text>
    </>
  );
}

function Reading({ jobId }: { jobId: string | null }) {
  const { data: job } = useQuery({ ...queries.job(jobId ?? ''), enabled: jobId !== null });
  return (
    <Section title="Reading the table" description="Finding delimiter, types and missing values. This page goes on by itself.">
      <Progress value={job?.progress ?? 100} animated striped aria-label="Reading the table" />
      {job && <Text size="sm" c="dimmed" mt="xs">{job.current_step}</Text>}
    </Section>
  );
}
