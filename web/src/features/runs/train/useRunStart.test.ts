import { describe, expect, it } from 'vitest';
import type { TrainedRun } from '@/api';
import { runStart } from './useRunStart';

const run = {
  dataset_id: 'd', name: 'first', preset: null, job: { kind: 'train' },
  plan: {
    target: 'verdict', task: null, algorithm: 'random_forest', hyperparameters: { trees: 20, bootstrap: true, columns: ['a'] }, drop: ['id'], group: 'star', time: null, weight: null, positive_class: 'yes',
    test_size: 0.25, seed: 3, threads: 1, preparation: null, calibration: 'platt', decision_metric: null, costs: null, intervals: null, interval_method: null, metrics: ['f_beta:2'],
  },
} as unknown as TrainedRun;

describe('runStart', () => {
  it('fills the form in as the run was started', () => {
    const { datasetId, settings, choices } = runStart(run);
    expect(datasetId).toBe('d');
    expect([...settings]).toEqual([['trees', '20'], ['bootstrap', true], ['columns', ['a']]]);
    expect(choices).toMatchObject({ target: 'verdict', algorithm: 'random_forest', group: 'star', testPercent: 25, seed: 3, metrics: ['f_beta:2'], tuning: null, name: 'first' });
    expect(choices.finish?.calibration).toBe('platt');
    expect([...(choices.dropped ?? [])]).toEqual(['id']);
  });
});
