import { Button, Menu } from '@mantine/core';
import { IconClockPlus } from '@tabler/icons-react';
import { goOnSearching, type TrainedRun } from '@/api';
import { ProblemNotice } from '@/components/ProblemNotice';
import { useNewRun } from '@/components/useNewRun';
import { usualTimes } from './study';

/** Goes on searching where a search has ended: its candidates are found again, and others get the time. */
export function MoreTimeButton({ run }: { run: TrainedRun }) {
  const goOn = useNewRun(async (minutes: number) => (await goOnSearching(run.job.id, { ...run.plan.hyperparameters, time_limit: minutes * 60 })).owner);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target><Button variant="default" leftSection={<IconClockPlus size={16} aria-hidden />} loading={goOn.isPending}>Give it more time</Button></Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>A run of its own, with what this one has found</Menu.Label>
          {usualTimes.map(({ minutes, label }) => <Menu.Item key={minutes} onClick={() => goOn.mutate(minutes)}>{label} more</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
      {goOn.isError && <ProblemNotice error={goOn.error} />}
    </>
  );
}
