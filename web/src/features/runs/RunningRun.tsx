import type { TrainedRun } from '@/api';
import { JobLogView } from './JobLogView';
import { JobProgress } from './JobProgress';
import { TrainingCurves } from './TrainingCurves';
import type { LiveRun } from './useLiveRun';
import classes from './RunPage.module.css';

/** A training while it happens. */
export function RunningRun({ run, live }: { run: TrainedRun; live: LiveRun }) {
  return (
    <div className={classes.stack}>
      <JobProgress live={live} noun="training" doing={live.job.current_step} canFinish={run.job.kind === 'automl'} />
      <TrainingCurves series={live.series} running />
      <JobLogView jobId={run.job.id} lines={live.log} running />
    </div>
  );
}
