import type { JobStatus, ReportedRunView, RunView, TrainedRun } from './types';

/** Whether Strata carries it out; else another program reports it. */
export function isTrained(run: RunView): run is TrainedRun {
  return run.job !== null && run.plan !== null;
}

const words: Record<ReportedRunView['status'], JobStatus> = { scheduled: 'queued', running: 'running', finished: 'completed', failed: 'failed', killed: 'cancelled' };

/** How far a run is, in the words of jobs, whoever carries it out. */
export function runStatus({ job, reported }: RunView): JobStatus {
  return job?.status ?? (reported ? words[reported.status] : 'completed');
}

/** When it really began and ended, as far as that is known. */
export function runTimes({ job, reported }: RunView): { from: string | null; to: string | null } {
  return { from: job?.started_at ?? reported?.started_at ?? null, to: job?.ended_at ?? reported?.ended_at ?? null };
}
