import type { JobView } from '@/api';

type Standing = Pick<JobView, 'status' | 'pausing' | 'queue_position' | 'after'> & { finishing?: boolean };

/** Where a job is, in a few words. */
export function standing(job: Standing, doing: string): string {
  if (job.pausing) {
    return 'Saving what it has, then pausing\u2026';
  }

  if (job.status === 'paused') {
    return 'Paused';
  }

  if (job.finishing === true) {
    return 'Ending with what is ready\u2026';
  }

  if (job.status === 'queued' && job.queue_position === null && job.after.length > 0) {
    return job.after.length === 1 ? 'Waiting for another job to complete' : `Waiting for ${job.after.length} other jobs to complete`;
  }

  if (job.status === 'queued') {
    return job.queue_position !== null && job.queue_position > 1 ? `Waiting for a free worker, number ${job.queue_position} in line` : 'Waiting for a free worker';
  }

  return doing || 'Starting its worker';
}

/** What the buttons would do, and whether the page may be left. */
export function whatFollows(job: Standing, noun: string, canFinish = false): string {
  if (job.status === 'paused' || job.pausing) {
    return `Resuming lets the ${noun} wait for its turn and go on from what it saved last; one that saved nothing begins anew.`;
  }

  return `You may leave this page: the ${noun} goes on in a process of its own. Pausing saves how far it is, which takes ten seconds at the most, and frees its place for other jobs.${canFinish ? ' "Finish now" ends it soon with the best of what is ready.' : ''}`;
}
