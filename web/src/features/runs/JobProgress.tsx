import { Button, Group, Progress, Text } from '@mantine/core';
import { IconFlag, IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { cancelJob, finishJob, pauseJob, resumeJob } from '@/api';
import { formatDuration } from '@/components/format';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { useNow } from '@/components/useNow';
import { standing, whatFollows } from './jobStanding';
import type { LiveRun } from './useLiveRun';

interface JobProgressProps {
  live: LiveRun;
  /** What the job is, such as "training". */
  noun: string;
  /** What it does just now, while its worker is at work. */
  doing: string;
  /** Whether it can end before it is done, with what is ready. */
  canFinish?: boolean;
}

/** How far a job is, and the buttons that pause, resume and cancel it. */
export function JobProgress({ live, noun, doing, canFinish = false }: JobProgressProps) {
  const { job } = live;
  const client = useQueryClient();
  const refresh = () => void client.invalidateQueries({ queryKey: ['jobs'] });
  const cancel = useMutation({ mutationFn: () => cancelJob(job.id) });
  const pause = useMutation({ mutationFn: () => pauseJob(job.id), onSuccess: refresh });
  const resume = useMutation({ mutationFn: () => resumeJob(job.id), onSuccess: refresh });
  const finish = useMutation({ mutationFn: () => finishJob(job.id), onSuccess: refresh });
  const now = useNow();
  const failed = [cancel, pause, resume, finish].find((mutation) => mutation.error)?.error;
  const aside = job.status === 'paused' || job.pausing;
  return (
    <Section
      title="Progress"
      actions={
        <>
          {aside
            ? <Button leftSection={<IconPlayerPlay size={15} aria-hidden />} loading={resume.isPending} onClick={() => resume.mutate()}>Resume</Button>
            : <Button variant="default" leftSection={<IconPlayerPause size={15} aria-hidden />} loading={pause.isPending} disabled={cancel.isSuccess} onClick={() => pause.mutate()}>Pause</Button>}
          {canFinish && job.status === 'running' && (
            <Button variant="default" leftSection={<IconFlag size={15} aria-hidden />} loading={finish.isPending || job.finishing} disabled={cancel.isSuccess} onClick={() => finish.mutate()}>Finish now</Button>
          )}
          <Button variant="default" leftSection={<IconPlayerStop size={15} aria-hidden />} loading={cancel.isPending || cancel.isSuccess} onClick={() => cancel.mutate()}>Cancel</Button>
        </>
      }
    >
      <Progress value={job.progress} size="lg" aria-label={`Progress of the ${noun}`} color={job.status === 'paused' ? 'gray' : undefined} />
      <Group justify="space-between" mt="xs" gap="md">
        <Text size="sm" role="status">{cancel.isSuccess ? 'Stopping\u2026' : standing(job, doing)}</Text>
        <Text size="sm" c="dimmed" className="numeric">
          {Math.round(job.progress)} %{job.started_at && job.status === 'running' && ` \u00b7 ${formatDuration(job.started_at, null, now)}`}{job.attempt > 1 && ` \u00b7 attempt ${job.attempt}`}
          {!live.live && ' \u00b7 asking every 2 s'}
        </Text>
      </Group>
      {failed && <ProblemNotice error={failed} mt="sm" />}
      <Text size="xs" c="dimmed" mt="sm">{whatFollows(job, noun, canFinish)}</Text>
    </Section>
  );
}
