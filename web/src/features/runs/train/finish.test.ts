import { expect, it } from 'vitest';
import type { ColumnProfile, MetricView } from '@/api';
import { classesOf, finishPlan, finishProblems, finishSummary, orderedClasses, thresholdMetrics, usualFinish } from './finish';

const target = (some: Partial<ColumnProfile>) => ({ name: 't', type: 'category', missing: 0, distinct: 2, warnings: [], ...some }) as ColumnProfile;
const levels = (...names: string[]) => names.map((level) => ({ level, count: 1 }));

it('what does not fit the kind of answer is not asked for', () => {
  const all = { calibration: 'platt' as const, decision: 'metric' as const, metric: 'f1', costs: null, coverage: 90, method: 'cqr' as const };
  expect(finishPlan(all, 'binary_classification')).toEqual({ calibration: 'platt', decision_metric: 'f1', costs: null, intervals: 0.9, interval_method: null });
  expect(finishPlan(all, 'multiclass_classification').decision_metric).toBeNull();
  expect(finishPlan(all, 'regression')).toEqual({ calibration: null, decision_metric: null, costs: null, intervals: 0.9, interval_method: 'cqr' });
  expect(finishPlan(all, 'clustering').intervals).toBeNull();
  expect(finishPlan(usualFinish, 'binary_classification')).toEqual({ calibration: null, decision_metric: null, costs: null, intervals: null, interval_method: null });
});

it('classes stand in the order in which the model has them, the class of interest last', () => {
  expect(orderedClasses(target({ top_levels: levels('b', 'B', 'a'), distinct: 3 }), [], null)).toEqual(['B', 'a', 'b']);
  expect(orderedClasses(target({ top_levels: levels('yes', 'no') }), [], 'no')).toEqual(['yes', 'no']);
  expect(orderedClasses(target({ top_levels: levels('a', 'b'), distinct: 40 }), [], null)).toBeNull();
  expect(orderedClasses(target({ type: 'int64', distinct: 11, min: 0, max: 10 }), [], null)?.slice(-2)).toEqual(['9', '10']);
  expect(orderedClasses(undefined, ['planet', 'not'], null)).toEqual(['not', 'planet']);
});

it('classes of whole numbers are told from the least and the largest where there is no gap', () => {
  expect(classesOf(target({ type: 'int64', distinct: 2, min: -1, max: 1 }))).toEqual(['-1', '1']);
  expect(classesOf(target({ type: 'int64', distinct: 3, min: 1, max: 3 }))).toEqual(['1', '2', '3']);
  expect(classesOf(target({ type: 'int64', distinct: 3, min: 1, max: 9 }))).toEqual([]);
});

it('says what has to be mended before a training can start', () => {
  expect(finishProblems({ ...usualFinish, decision: 'costs', costs: [[0, null], [1, 0]] }, 'binary_classification')).toEqual(['Give every cost a number.']);
  expect(finishProblems({ ...usualFinish, decision: 'costs', costs: null }, 'regression')).toEqual([]);
  expect(finishProblems({ ...usualFinish, coverage: 100 }, 'regression')).toHaveLength(1);
});

it('offers metrics that depend on the threshold', () => {
  const metric = (name: string, task = 'binary_classification') => ({ name, title: name, higher_is_better: true, tasks: [task], meaning: '' }) as MetricView;
  expect(thresholdMetrics([metric('f1'), metric('roc_auc'), metric('log_loss'), metric('mcc'), metric('rmse', 'regression')]).map(({ name }) => name)).toEqual(['f1', 'mcc']);
});

it('sums up in a line', () => {
  expect(finishSummary(usualFinish, 'binary_classification')).toBe('Probabilities as they are, and the most probable class is called');
  expect(finishSummary({ ...usualFinish, calibration: 'beta', coverage: 92.5 }, 'binary_classification')).toBe('Probabilities calibrated (beta), sets of classes that cover 92.5 %');
});
