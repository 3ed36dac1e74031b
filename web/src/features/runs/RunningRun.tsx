import type { TrainedRun } from '@/api';
import { StudyCourse } from './automl/StudyCourse';
import { StudyStanding } from './automl/StudyStanding';
import { JobLogView } from './JobLogView';
import { JobProgress } from './JobProgress';
import { TrainingCurves } from './TrainingCurves';
import type { LiveRun } from './useLiveRun';
import classes from './RunPage.module.css';

/** A training while it happens. */
export function RunningRun({ run, live }: { run: TrainedRun; live: LiveRun }) {
  return (
    <div className={classes.stack}>
      <JobProgress live={live} noun={run.job.kind === 'automl' ? 'search' : 'training'} doing={live.job.current_step} canFinish={run.job.kind === 'automl'} />
      {run.job.kind === 'automl' ? <><StudyStanding run={run} live={live} /><StudyCourse series={live.series} running /></> : <TrainingCurves series={live.series} running />}
      <JobLogView jobId={run.job.id} lines={live.log} running />
    </div>
  );
}
