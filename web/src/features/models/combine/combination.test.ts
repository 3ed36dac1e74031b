import { describe, expect, it } from 'vitest';
import type { ModelView } from '@/api';
import { combinable, combinationRequest, missingForCombination, readModels, type CombinationChoices } from './combination';

const model = (id: string, changes: Partial<ModelView> = {}) => ({ id, target: 'y', task: 'binary_classification', classes: ['no', 'yes'], ...changes }) as ModelView;

const choices: CombinationChoices = { models: ['a', 'b'], datasetId: 'd', method: 'voting', vote: 'soft', weights: new Map(), metaLearner: null, name: ' ' };

describe('models to combine', () => {
  it('are read from the address, each once', () => {
    expect(readModels('a,b,a,')).toEqual(['a', 'b']);
    expect(readModels(undefined)).toEqual([]);
  });

  it('answer the question of the first chosen one', () => {
    const models = [model('a'), model('b'), model('c', { target: 'z' }), model('d', { classes: ['yes', 'no'] }), model('e', { task: 'clustering' })];
    expect(combinable(models, ['b']).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(combinable(models, []).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are at least two, with rows and a weight', () => {
    expect(missingForCombination(choices)).toEqual([]);
    expect(missingForCombination({ ...choices, models: ['a'], datasetId: null })).toHaveLength(2);
    expect(missingForCombination({ ...choices, weights: new Map([['a', 0], ['b', 0]]) })).toEqual(['Give at least one model a weight above 0.']);
  });

  it('are asked for with what was chosen only', () => {
    expect(combinationRequest(choices)).toEqual({ dataset_id: 'd', model_ids: ['a', 'b'], method: 'voting' });
    expect(combinationRequest({ ...choices, vote: 'log_odds', weights: new Map([['b', 3]]), name: 'both ', metaLearner: 'ridge' }))
      .toEqual({ dataset_id: 'd', model_ids: ['a', 'b'], method: 'voting', voting: 'log_odds', weights: [1, 3], name: 'both' });
    expect(combinationRequest({ ...choices, method: 'stacking', vote: 'hard', weights: new Map([['b', 3]]), metaLearner: 'ridge' }))
      .toEqual({ dataset_id: 'd', model_ids: ['a', 'b'], method: 'stacking', meta_learner: 'ridge' });
  });
});
