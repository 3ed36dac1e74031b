import { Button, Group, Progress, Text } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { cancelJob, type RunView } from '@/api';
import { formatDuration } from '@/components/format';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { useNow } from '@/components/useNow';
import { JobLogView } from './JobLogView';
import { TrainingCurves } from './TrainingCurves';
import type { LiveRun } from './useLiveRun';
import classes from './RunPage.module.css';

/** A training while it happens. */
export function RunningRun({ run, live }: { run: RunView; live: LiveRun }) {
  const { job } = live;
  const cancel = useMutation({ mutationFn: () => cancelJob(run.job.id) });
  const now = useNow();
  return (
    <div className={classes.stack}>
      <Section
        title="Progress"
        actions={<Button variant="default" leftSection={<IconPlayerStop size={15} aria-hidden />} loading={cancel.isPending || cancel.isSuccess} onClick={() => cancel.mutate()}>Cancel</Button>}
      >
        <Progress value={job.progress} size="lg" aria-label="Progress of the training" />
        <Group justify="space-between" mt="xs" gap="md">
          <Text size="sm" role="status">{cancel.isSuccess ? 'Stopping\u2026' : job.current_step || 'Waiting for a free worker'}</Text>
          <Text size="sm" c="dimmed" className="numeric">
            {Math.round(job.progress)} %{job.started_at && ` \u00b7 ${formatDuration(job.started_at, null, now)}`}{job.attempt > 1 && ` \u00b7 attempt ${job.attempt}`}
            {!live.live && ' \u00b7 asking every 2 s'}
          </Text>
        </Group>
        {cancel.error && <ProblemNotice error={cancel.error} mt="sm" />}
        <Text size="xs" c="dimmed" mt="sm">You may leave this page: the training goes on in a process of its own.</Text>
      </Section>
      <TrainingCurves series={live.series} running />
      <JobLogView lines={live.log} running />
    </div>
  );
}
