import { describe, expect, it } from 'vitest';
import type { JobStatus } from '@/api';
import { standing, whatFollows } from './jobStanding';

const job = { status: 'queued' as JobStatus, pausing: false, queue_position: 1 as number | null, after: [] as string[] };

describe('standing', () => {
  it('says the place in line when others are before', () => {
    expect(standing(job, '')).toBe('Waiting for a free worker');
    expect(standing({ ...job, queue_position: 3 }, '')).toBe('Waiting for a free worker, number 3 in line');
  });

  it('says that other jobs come first', () => {
    expect(standing({ ...job, queue_position: null, after: ['a'] }, '')).toBe('Waiting for another job to complete');
    expect(standing({ ...job, queue_position: null, after: ['a', 'b'] }, '')).toBe('Waiting for 2 other jobs to complete');
  });

  it('says what a worker does, and that it is about to pause', () => {
    expect(standing({ ...job, status: 'running', queue_position: null }, 'Training')).toBe('Training');
    expect(standing({ ...job, status: 'running', queue_position: null, pausing: true }, 'Training')).toBe('Saving what it has, then pausing\u2026');
  });
});

describe('whatFollows', () => {
  it('says what resuming does once a job is paused', () => {
    expect(whatFollows({ ...job, status: 'paused' }, 'training')).toContain('Resuming');
    expect(whatFollows({ ...job, status: 'running' }, 'training')).toContain('Pausing saves');
  });
});
