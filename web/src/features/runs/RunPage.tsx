import { Button, Menu } from '@mantine/core';
import { IconArrowsDiff, IconBinaryTree, IconBox, IconDots, IconDownload, IconFileText, IconPlayerPlay, IconWand } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { downloads, hasEnded, isTrained, queries, type TrainedRun } from '@/api';
import { formatDuration, formatTime, humanize } from '@/components/format';
import { ButtonLink, MenuLink } from '@/components/links';
import { LoadingBlock, LoadingLines } from '@/components/Loading';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { StatusBadge } from '@/components/StatusBadge';
import { EndedRun } from './EndedRun';
import { ReportedRun } from './reported/ReportedRun';
import { RunningRun } from './RunningRun';
import { useLiveRun } from './useLiveRun';

const parent = { to: '/runs', label: 'Runs' } as const;

export function RunPage() {
  const { runId } = useParams({ from: '/runs/$runId' });
  const run = useQuery(queries.run(runId));
  if (run.isPending) {
    return <><PageHeader title="Run" parent={parent} /><LoadingLines lines={3} /><LoadingBlock height={320} /></>;
  }

  if (run.isError) {
    return <><PageHeader title="Run" parent={parent} /><ProblemNotice error={run.error} onRetry={() => void run.refetch()} /></>;
  }

  return isTrained(run.data) ? <RunContent key={runId} run={run.data} /> : <ReportedRun key={runId} run={run.data} />;
}

function RunContent({ run }: { run: TrainedRun }) {
  const live = useLiveRun(run);
  const { job } = live;
  // The job's end is told before the run's own record, with metrics and model, is asked for again.
  const ended = hasEnded(job.status) && hasEnded(run.job.status);
  return (
    <>
      <PageHeader
        title={run.name}
        parent={parent}
        badge={<StatusBadge status={job.status} />}
        description={
          <>
            {humanize(run.plan.algorithm)} {run.plan.target === null ? 'learns without a target from' : <>predicts <strong>{run.plan.target}</strong> from</>}{' '}
            <Link to="/datasets/$datasetId" params={{ datasetId: run.dataset_id }} style={{ color: 'var(--mantine-color-anchor)' }}>{run.dataset_name}</Link>
            {' \u00b7 '}{formatTime(run.created_at)}{job.ended_at && ` \u00b7 took ${formatDuration(job.started_at ?? job.created_at, job.ended_at)}`}
          </>
        }
        actions={<RunActions run={run} />}
      />
      {ended ? <EndedRun run={run} live={live} /> : <RunningRun run={run} live={live} />}
    </>
  );
}

function RunActions({ run }: { run: TrainedRun }) {
  if (!hasEnded(run.job.status)) {
    return null;
  }

  return (
    <>
      {run.model_id !== null && <ButtonLink to="/predict" search={{ model: run.model_id }} leftSection={<IconWand size={16} aria-hidden />}>Predict</ButtonLink>}
      <Menu position="bottom-end">
        <Menu.Target><Button variant="default" px="xs" aria-label="More actions"><IconDots size={17} /></Button></Menu.Target>
        <Menu.Dropdown>
          {run.model_id !== null && (
            <>
              <MenuLink to="/models/$modelId" params={{ modelId: run.model_id }} leftSection={<IconBox size={16} />}>Show the model</MenuLink>
              <Menu.Item component="a" href={downloads.modelFile(run.model_id)} leftSection={<IconDownload size={16} />}>Download the model</Menu.Item>
            </>
          )}
          {run.job.status === 'completed' && (
            <>
              <Menu.Item component="a" href={downloads.runReport(run.id)} target="_blank" rel="noopener" leftSection={<IconFileText size={16} />}>Open the report</Menu.Item>
              <Menu.Item component="a" href={downloads.artifact(run.id, 'report.html')} download leftSection={<IconDownload size={16} />}>Download the report</Menu.Item>
            </>
          )}
          {run.job.kind !== 'ensemble' && run.job.kind !== 'distil' && <MenuLink to="/train" search={{ dataset: run.dataset_id, run: run.id }} leftSection={<IconPlayerPlay size={16} />}>Train again with changes</MenuLink>}
          <MenuLink to="/runs/compare" search={{ runs: run.id }} leftSection={<IconArrowsDiff size={16} />}>Compare with another run</MenuLink>
          <MenuLink to="/lineage" search={{ kind: 'run', id: run.id }} leftSection={<IconBinaryTree size={16} />}>Lineage</MenuLink>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
