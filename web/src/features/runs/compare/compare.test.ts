import { expect, it } from 'vitest';
import type { AlgorithmView, ComparedAlgorithm, ComparisonView, DatasetView, LearningTask } from '@/api';
import { arrayKinds, inOrder, isUsual, suitable, usualComparison } from '../train/knownAlgorithms';
import { initialChoices } from '../train/trainPlan';
import { comparedStart } from '../train/useComparedStart';
import { algorithmText } from './algorithmText';
import { comparisonRequest, missingForComparison, usualFolds } from './comparePlan';
import { scoreDomain, verdictOf } from './verdict';

const algorithm = (name: string, ...tasks: LearningTask[]) => ({ name, title: name, summary: '', tasks, hyperparameters: [], needs_complete_numbers: false, usual_preparation: [], array_types: [] }) as AlgorithmView;
const compared = (some: Partial<ComparedAlgorithm>) => ({ name: 'ridge', algorithm: 'ridge', hyperparameters: {}, scores: [1], metrics: {}, fit_seconds: 0, against_best: null, problem: null, ...some }) as ComparedAlgorithm;
const dataset = { id: 'd1', preset: null, suggested_target: 'y' } as unknown as DatasetView;
const compare = { algorithms: ['ridge'], folds: usualFolds, metric: null, minutes: 2 };

it('tells the best, the clearly worse, those that chance may part, and those that did not finish', () => {
  const against = (p_value: number) => compared({ against_best: { mean: 1, low: 0, high: 2, p_value } });
  expect(verdictOf(compared({}))).toBe('best');
  expect(verdictOf(against(0.01))).toBe('worse');
  expect(verdictOf(against(0.2))).toBe('as_good');
  expect(verdictOf(compared({ problem: 'its time was up' }))).toBe('unfinished');
});

it('a score far out does not squeeze the others together', () => {
  expect(scoreDomain([[0.4, 0.5], [0.45, 0.48], [0.46, 90]])[1]).toBeLessThan(1);
  expect(scoreDomain([[0.4, 0.5]])).toEqual([0.4, 0.5]);
  expect(scoreDomain([[]])).toEqual([0, 1]);
});

it('what is suitable can predict the answer, quickly on so many rows, and needs no members', () => {
  const all = [algorithm('gradient_boosting', 'binary_classification', 'regression'), algorithm('ridge', 'regression'), algorithm('svm', 'binary_classification'), algorithm('voting', 'binary_classification'), algorithm('k_means', 'clustering')];
  expect(suitable(all, 'binary_classification', 100, [])).toEqual(['gradient_boosting', 'svm']);
  expect(suitable(all, 'binary_classification', 100_000, [])).toEqual(['gradient_boosting']);
  expect(usualComparison(all, 'regression', [])).toEqual(['gradient_boosting', 'ridge']);
});

it('offers what reads the arrays of a table first, and nothing that needs arrays for a table without', () => {
  const reading = (name: string, ...array_types: AlgorithmView['array_types']) => ({ ...algorithm(name, 'binary_classification'), array_types });
  const all = [algorithm('gradient_boosting', 'binary_classification'), reading('lstm', 'series'), reading('minirocket', 'series'), reading('cnn2d', 'image'), reading('fusion', 'series', 'image', 'points')];
  const series = arrayKinds([{ type: 'category' }, { type: 'series' }, { type: 'series' }]);
  expect(series).toEqual(['series']);
  expect(inOrder(all, series).map(({ name }) => name)).toEqual(['minirocket', 'lstm', 'fusion', 'gradient_boosting', 'cnn2d']);
  expect(inOrder(all, []).map(({ name }) => name)).toEqual(all.map(({ name }) => name));
  expect(inOrder(all, ['series', 'image'])[0]?.name).toBe('fusion');
  expect(all.filter((one) => isUsual(one, series)).map(({ name }) => name)).toEqual(['lstm', 'minirocket', 'fusion']);
  expect(suitable(all, 'binary_classification', 100, [])).toEqual(['gradient_boosting']);
  expect(suitable(all, 'binary_classification', 100, ['image'])).toEqual(['cnn2d', 'fusion']);
  expect(usualComparison(all, 'binary_classification', series)).toEqual(['minirocket', 'gradient_boosting']);
});

it('asks the server for what was chosen, and says what is missing', () => {
  const choices = initialChoices(dataset, []);
  expect(comparisonRequest('d1', choices, compare, ['x', 'y'], null, [], 'regression')).toMatchObject({ dataset_id: 'd1', algorithms: ['ridge'], folds: 5, metric: null, time_limit: 120, plan: { target: 'y', drop: [], preparation: null } });
  expect(missingForComparison(choices, { ...compare, algorithms: [], folds: 1 }, ['x', 'y'], null, [], 'regression')).toEqual(['Tick at least one algorithm.', 'Split the rows into 2 to 100 folds.']);
});

it('the chosen one is trained as it was compared', () => {
  const plan = { target: 'y', task: null, drop: ['id'], group: 'star', time: null, weight: null, positive_class: null, preparation: [{ step: 'scale', settings: { method: 'robust' } }], calibration: 'platt', decision_metric: 'f1', costs: null, seed: 4, threads: null };
  const start = comparedStart({ dataset_id: 'd1', preset: null, plan } as unknown as ComparisonView, compared({ algorithm: 'decision_tree', hyperparameters: { max_depth: '3', balanced: 'true' } }));
  expect(start.datasetId).toBe('d1');
  expect([...start.settings]).toEqual([['max_depth', '3'], ['balanced', true]]);
  expect(start.choices).toMatchObject({ algorithm: 'decision_tree', target: 'y', group: 'star', seed: 4, finish: { calibration: 'platt', decision: 'metric', metric: 'f1' } });
  expect(start.choices.preparation?.map(({ step }) => step)).toEqual(['scale']);
});

it('names algorithms as the catalog does, with their settings', () => {
  const titles = new Map([['svm', 'Support vector machine']]);
  expect(algorithmText('svm', titles)).toBe('Support vector machine');
  expect(algorithmText('decision_tree(max_depth=3)', titles)).toBe('Decision tree (max_depth=3)');
});
