import { expect, it } from 'vitest';
import type { DatasetView, PresetView } from '@/api';
import { initialChoices, learnedClasses, likelyTask, missingChoices, presetAlgorithm, presetChoices, recommendedSettings, runRequest, usedColumns } from './trainPlan';

const preset: PresetView = {
  name: 'exoplanets.kepler', title: 'Kepler', target: 'koi_disposition', classes: [], group: 'kepid', drop: [{ column: 'koi_score', reason: 'gives the answer away' }], columns: [], recommended: {},
};
const columns = ['kepid', 'koi_disposition', 'koi_score', 'koi_period', 'koi_depth'];
const dataset = { id: 'd1', preset: preset.name, suggested_target: 'koi_period' } as DatasetView;

it('a recognised table starts with what its preset knows', () => {
  expect(initialChoices(dataset, [preset])).toMatchObject({ preset: preset.name, target: 'koi_disposition', group: 'kepid' });
  expect(initialChoices(dataset, [])).toMatchObject({ preset: null, target: 'koi_period', group: null });
});

it('a preset brings its algorithm and settings, and takes them with it again', () => {
  const blocks: PresetView = { ...preset, name: 'omics.blocks', target: null, group: null, recommended: { blocks: { sets: 'each' } } };
  const plain = initialChoices(dataset, []);
  const chosen = { ...plain, ...presetChoices(plain, null, blocks) };
  expect(chosen).toMatchObject({ preset: 'omics.blocks', target: 'koi_period', algorithm: 'blocks' });
  expect(Object.fromEntries(recommendedSettings(blocks, chosen.algorithm))).toEqual({ sets: 'each' });
  expect(presetChoices(chosen, blocks, null)).toMatchObject({ preset: null, algorithm: null });
  expect(presetChoices({ ...chosen, algorithm: 'ridge' }, blocks, preset)).toMatchObject({ algorithm: 'ridge' });
  expect(initialChoices({ ...dataset, preset: 'omics.blocks' }, [blocks]).algorithm).toBe('blocks');
  expect(presetAlgorithm({ ...blocks, recommended: { blocks: {}, ridge: {} } })).toBeNull();
});

it('target, group and leaking columns are not learned from', () => {
  const choices = { ...initialChoices(dataset, [preset]), dropped: new Set(['koi_depth']) };
  expect(usedColumns(choices, columns, preset)).toEqual(['koi_period']);
  expect(runRequest('d1', { ...choices, algorithm: 'gradient_boosting' }, columns, { preset, settings: new Map([['trees', 50]]) })).toMatchObject({
    dataset_id: 'd1', preset: preset.name, name: null,
    plan: { target: 'koi_disposition', algorithm: 'gradient_boosting', hyperparameters: { trees: 50 }, drop: ['koi_score', 'koi_depth'], group: 'kepid', test_size: 0.2, seed: 0 },
  });
});

it('says everything that is missing at once', () => {
  const choices = { ...initialChoices(dataset, []), target: null, testPercent: Number.NaN };
  expect(missingChoices(choices, columns, null, 2)).toEqual([
    'Choose the column to predict.', 'Choose an algorithm.', '2 settings of the algorithm are not valid.', 'Keep between 1 and 90 % of the rows for the test.',
  ]);
  expect(missingChoices({ ...initialChoices(dataset, [preset]), algorithm: 'ridge', target: 'gone' }, columns, preset, 0)[0]).toContain('no column \u201cgone\u201d');
});

it('guesses the kind of answer from the target', () => {
  const profile = (type: 'float64' | 'category', distinct: number) => ({ name: 'koi_disposition', type, distinct }) as Parameters<typeof likelyTask>[0];
  expect(likelyTask(profile('float64', 500), null, null)).toBe('regression');
  expect(likelyTask(profile('float64', 2), null, null)).toBe('binary_classification');
  expect(likelyTask(profile('float64', 500), 'classification', null)).toBe('multiclass_classification');
  expect(likelyTask(profile('category', 500), null, null)).toBe('multiclass_classification');
  expect(likelyTask(undefined, null, null)).toBeNull();
});

it('outliers need no column to predict', () => {
  const choices = { ...initialChoices(dataset, []), kind: 'outliers' as const, target: null, algorithm: 'isolation_forest' };
  expect(likelyTask(undefined, 'outliers', null)).toBe('outlier_detection');
  expect(missingChoices(choices, columns, null, 0)).toEqual([]);
  expect(runRequest('d1', choices, columns, { preset: null, settings: new Map() }).plan).toMatchObject({ target: null, task: null, algorithm: 'isolation_forest', drop: [] });
});

it('clusters need no column to predict', () => {
  const choices = { ...initialChoices(dataset, []), kind: 'clusters' as const, target: null, algorithm: 'k_means' };
  expect(likelyTask(undefined, 'clusters', null)).toBe('clustering');
  expect(missingChoices(choices, columns, null, 0)).toEqual([]);
  expect(runRequest('d1', choices, columns, { preset: null, settings: new Map() }).plan).toMatchObject({ target: null, task: null, algorithm: 'k_means' });
});

it('counts the classes that a preset makes, not the labels of the table', () => {
  const label = (name: string, learned: string | null) => ({ label: name, class: learned, meaning: '' });
  const two = { ...preset, classes: [label('CONFIRMED', 'planet'), label('FALSE POSITIVE', 'not'), label('REFUTED', 'not'), label('CANDIDATE', null)] };
  const target = { name: 'koi_disposition', type: 'category', distinct: 4 } as Parameters<typeof likelyTask>[0];
  expect(likelyTask(target, null, two)).toBe('binary_classification');
  expect(learnedClasses(two)).toEqual(['planet', 'not']);
});
