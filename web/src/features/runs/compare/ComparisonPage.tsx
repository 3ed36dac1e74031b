import { Alert, Button, Group, Progress, Text } from '@mantine/core';
import { IconBan, IconPlayerStop } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { cancelJob, hasEnded, ProblemError, queries, type ComparisonView } from '@/api';
import { formatDuration, formatTime } from '@/components/format';
import { ButtonLink } from '@/components/links';
import { LoadingBlock, LoadingLines } from '@/components/Loading';
import { metricTitle } from '@/components/metricWords';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { StatusBadge } from '@/components/StatusBadge';
import { useNow } from '@/components/useNow';
import { JobLogView } from '../JobLogView';
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
        actions={ended && <ButtonLink to="/compare" search={{ dataset: comparison.dataset_id }} variant="default">Compare again</ButtonLink>}
      />
      {ended ? <EndedComparison comparison={comparison} live={live} /> : <RunningComparison comparison={comparison} live={live} />}
    </>
  );
}

function RunningComparison({ comparison, live }: { comparison: ComparisonView; live: LiveRun }) {
  const { job } = live;
  const cancel = useMutation({ mutationFn: () => cancelJob(job.id) });
  const now = useNow();
  const done = live.series.reduce((sum, one) => sum + one.points.length, 0);
  return (
    <div className={classes.stack}>
      <Section
        title="Progress"
        actions={<Button variant="default" leftSection={<IconPlayerStop size={15} aria-hidden />} loading={cancel.isPending || cancel.isSuccess} onClick={() => cancel.mutate()}>Cancel</Button>}
      >
        <Progress value={job.progress} size="lg" aria-label="Progress of the comparison" />
        <Group justify="space-between" mt="xs" gap="md">
          <Text size="sm" role="status">{cancel.isSuccess ? 'Stopping\u2026' : job.current_step === '' ? 'Waiting for a free worker' : `${job.current_step}, ${done} fits done`}</Text>
          <Text size="sm" c="dimmed" className="numeric">{Math.round(job.progress)} %{job.started_at && ` \u00b7 ${formatDuration(job.started_at, null, now)}`}</Text>
        </Group>
        {cancel.error && <ProblemNotice error={cancel.error} mt="sm" />}
        <Text size="xs" c="dimmed" mt="sm">You may leave this page: the comparison goes on in a process of its own.</Text>
      </Section>
      <LiveScores comparison={comparison} series={live.series} />
      <JobLogView lines={live.log} running />
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
          {live.series.length > 0 ? 'The folds that were done stand below; without the others there is no ranking.' : 'No fold was done.'}
        </Alert>
      )}
      {completed ? <ComparedResult comparison={comparison} /> : live.series.length > 0 && <LiveScores comparison={comparison} series={live.series} />}
      <JobLogView lines={live.log} running={false} />
    </div>
  );
}
