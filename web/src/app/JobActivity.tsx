import { Indicator, Popover, Progress, Stack, Text, ActionIcon } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { hasEnded, queries, type JobView } from '@/api';
import { formatAgo, humanize } from '@/components/format';
import { ButtonLink } from '@/components/links';
import { StatusBadge } from '@/components/StatusBadge';
import classes from './JobActivity.module.css';

/** What the server is busy with, from every page. */
export function JobActivity() {
  const [opened, setOpened] = useState(false);
  const { data } = useQuery(queries.jobs());
  const jobs = data?.items ?? [];
  const busy = jobs.filter((job) => !hasEnded(job.status));
  const recent = jobs.filter((job) => hasEnded(job.status)).slice(0, 4);
  const label = busy.length === 0 ? 'No jobs are running' : busy.length === 1 ? '1 job is running' : `${busy.length} jobs are running`;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={340} shadow="md" trapFocus returnFocus>
      <Indicator disabled={busy.length === 0} processing size={8} offset={6}>
        <Popover.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={() => setOpened(!opened)}><IconActivity size={18} stroke={1.7} /></ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown aria-label="Jobs">
        <Stack gap="sm">
          <Text fw={600}>{label}</Text>
          {[...busy, ...recent].map((job) => <JobLine key={job.id} job={job} />)}
          {jobs.length === 0 && <Text size="sm" c="dimmed">Reading tables and training happen as jobs, in processes of their own. They show up here.</Text>}
          <ButtonLink to="/runs" variant="default" size="xs" onClick={() => setOpened(false)}>All runs</ButtonLink>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function JobLine({ job }: { job: JobView }) {
  const ended = hasEnded(job.status);
  return (
    <div className={classes.job}>
      <div className={classes.head}>
        <Text size="sm" fw={500}>{humanize(job.kind)}</Text>
        <StatusBadge status={job.status} />
      </div>
      {ended
        ? <Text size="xs" c="dimmed">{job.error ?? formatAgo(job.ended_at)}</Text>
        : (
          <>
            <Progress value={job.progress} size="sm" aria-label={`Progress of ${humanize(job.kind)}`} />
            <Text size="xs" c="dimmed">{job.current_step}</Text>
          </>
        )}
    </div>
  );
}
