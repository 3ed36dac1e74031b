import { Alert, Button } from '@mantine/core';
import { IconBan, IconFileText } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { downloads, hasEnded, ProblemError, queries, type ComparisonView } from '@/api';
import { formatDuration, formatTime } from '@/components/format';
import { ButtonLink } from '@/components/links';
import { LoadingBlock, LoadingLines } from '@/components/Loading';
import { metricTitle } from '@/components/metricWords';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { StatusBadge } from '@/components/StatusBadge';
import { JobLogView } from '../JobLogView';
import { JobProgress } from '../JobProgress';
import { useLiveComparison, type LiveRun } from '../useLiveRun';
import { ComparedResult } from './ComparedResult';
import { LiveScores } from './LiveScores';
import classes from '../RunPage.module.css';

const parent = { to: '/compare', label: 'Compare' } as const;

export function ComparisonPage() {
  const { comparisonId } = useParams({ from: '/compare/$comparisonId' });
  const comparison = useQuery(queries.comparison(comparisonId));
  if (comparison.isPending) {
    return <><PageHeader title="Comparison" parent={parent} /><LoadingLines lines={3} /><LoadingBlock height={320} /></>;
  }

  if (comparison.isError) {
    return <><PageHeader title="Comparison" parent={parent} /><ProblemNotice error={comparison.error} onRetry={() => void comparison.refetch()} /></>;
  }

  return <ComparisonContent key={comparisonId} comparison={comparison.data} />;
}

function ComparisonContent({ comparison }: { comparison: ComparisonView }) {
  const live = useLiveComparison(comparison);
  const { job } = live;
  // The job's end is told before the comparison's own record is asked for again.
  const ended = hasEnded(job.status) && hasEnded(comparison.job.status);
  const { plan } = comparison;
  const result = useQuery({ ...queries.comparisonResult(comparison.id), enabled: ended && comparison.job.status === 'completed' });
  const metric = comparison.metric ?? result.data?.metric ?? null;
  return (
    <>
      <PageHeader
        title={comparison.name} parent={parent} badge={<StatusBadge status={job.status} />}
        description={
          <>
            Predicts <strong>{plan.target}</strong> from{' '}
            <Link to="/datasets/$datasetId" params={{ datasetId: comparison.dataset_id }} style={{ color: 'var(--mantine-color-anchor)' }}>{comparison.dataset_name}</Link>
            {' \u00b7 '}{comparison.folds} folds, ranked by {metric === null ? 'the usual metric' : metricTitle(metric)}
            {' \u00b7 '}{formatTime(comparison.created_at)}{job.ended_at && ` \u00b7 took ${formatDuration(job.started_at ?? job.created_at, job.ended_at)}`}
          </>
        }
        actions={ended && (
          <>
            {comparison.job.status === 'completed' && (
              <Button component="a" href={downloads.comparisonReport(comparison.id)} target="_blank" rel="noopener" variant="default" leftSection={<IconFileText size={16} />}>Open the report</Button>
            )}
            <ButtonLink to="/compare" search={{ dataset: comparison.dataset_id }} variant="default">Compare again</ButtonLink>
          </>
        )}
      />
      {ended ? <EndedComparison comparison={comparison} live={live} /> : <RunningComparison comparison={comparison} live={live} />}
    </>
  );
}

function RunningComparison({ comparison, live }: { comparison: ComparisonView; live: LiveRun }) {
  const done = live.series.reduce((sum, one) => sum + one.points.length, 0);
  return (
    <div className={classes.stack}>
      <JobProgress live={live} noun="comparison" doing={live.job.current_step === '' ? '' : `${live.job.current_step}, ${done} fits done`} />
      <LiveScores comparison={comparison} series={live.series} />
      <JobLogView jobId={comparison.job.id} lines={live.log} running />
    </div>
  );
}

function EndedComparison({ comparison, live }: { comparison: ComparisonView; live: LiveRun }) {
  const completed = comparison.job.status === 'completed';
  return (
    <div className={classes.stack}>
      {comparison.job.status === 'failed' && (
        <ProblemNotice error={new ProblemError('The comparison failed', -1, comparison.job.error ?? 'The worker ended without saying why. The log below may say more.')} />
      )}
      {comparison.job.status === 'cancelled' && (
        <Alert color="gray" variant="light" icon={<IconBan />} title="This comparison was cancelled">
          {comparison.job.error !== null && `${comparison.job.error} `}
          {live.series.length > 0 ? 'The folds that were done stand below; without the others there is no ranking.' : 'No fold was done.'}
        </Alert>
      )}
      {completed ? <ComparedResult comparison={comparison} /> : live.series.length > 0 && <LiveScores comparison={comparison} series={live.series} />}
      <JobLogView jobId={comparison.job.id} lines={live.log} running={false} />
    </div>
  );
}
