import { Alert, Tabs } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ProblemError, type TrainedRun } from '@/api';
import { ButtonLink } from '@/components/links';
import { Notes } from '@/components/Notes';
import { ProblemNotice } from '@/components/ProblemNotice';
import { LeaderboardPanel } from './automl/LeaderboardPanel';
import { StudyCourse } from './automl/StudyCourse';
import { JobLogView } from './JobLogView';
import { PlanPanel } from './PlanPanel';
import { ResultsPanel } from './results/ResultsPanel';
import { TestRowsPanel } from './rows/TestRowsPanel';
import { TuningPanel } from './tuning/TuningPanel';
import { TrainingCurves } from './TrainingCurves';
import type { LiveRun } from './useLiveRun';
import classes from './RunPage.module.css';

/** A training that is over: its results, or why there are none. */
export function EndedRun({ run, live }: { run: TrainedRun; live: LiveRun }) {
  const { tab } = useSearch({ from: '/runs/$runId' });
  const navigate = useNavigate();
  const completed = run.job.status === 'completed';
  const shown = tab ?? (completed ? 'results' : 'training');
  return (
    <div className={classes.stack}>
      {run.job.status === 'failed' && (
        <ProblemNotice error={new ProblemError('The training failed', -1, run.job.error ?? 'The worker ended without saying why. The log below may say more.')} />
      )}
      {run.job.status === 'cancelled' && (
        <Alert color="gray" variant="light" icon={<IconBan />} title="This training was cancelled">
          {run.job.error !== null && `${run.job.error} `}It left no model.
          <div><ButtonLink to="/train" search={{ dataset: run.dataset_id, run: run.id }} size="xs" variant="default" mt="sm">Train again with changes</ButtonLink></div>
        </Alert>
      )}
      {shown !== 'rows' && <Notes notes={run.notes} title="Worth knowing" />}
      <Tabs value={shown} onChange={(value) => void navigate({ to: '.', search: { tab: value ?? undefined }, replace: true })}>
        <Tabs.List mb="md">
          {completed && <Tabs.Tab value="results">Results</Tabs.Tab>}
          {completed && <Tabs.Tab value="rows">Test rows and reasons</Tabs.Tab>}
          {completed && run.job.kind === 'automl' && <Tabs.Tab value="leaderboard">Leaderboard</Tabs.Tab>}
          {completed && run.job.kind === 'tune' && <Tabs.Tab value="tuning">Tuning</Tabs.Tab>}
          <Tabs.Tab value="training">Training</Tabs.Tab>
          <Tabs.Tab value="settings">Settings</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="results"><ResultsPanel run={run} /></Tabs.Panel>
        <Tabs.Panel value="rows"><TestRowsPanel run={run} /></Tabs.Panel>
        {completed && run.job.kind === 'automl' && <Tabs.Panel value="leaderboard"><LeaderboardPanel run={run} /></Tabs.Panel>}
        {completed && run.job.kind === 'tune' && <Tabs.Panel value="tuning"><TuningPanel run={run} /></Tabs.Panel>}
        <Tabs.Panel value="training">
          <div className={classes.stack}>
            {run.job.kind === 'automl' ? <StudyCourse series={live.series} running={false} /> : <TrainingCurves series={live.series} running={false} />}
            <JobLogView jobId={run.job.id} lines={live.log} running={false} />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="settings"><PlanPanel run={run} /></Tabs.Panel>
      </Tabs>
    </div>
  );
}
