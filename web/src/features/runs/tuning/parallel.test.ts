import { expect, test } from 'vitest';
import type { TuningView } from '@/api';
import { parallelAxes, parallelLines, placeOf } from './parallel';

const rate = { parameter: 'rate', choices: [], min: 0.01, max: 1, is_log_scale: true };
const kernel = { parameter: 'kernel', choices: ['a', 'b', 'c'], min: null, max: null, is_log_scale: false };

const tuning = {
  metric: 'log_loss', direction: 'minimize', best_trial: 1, best_value: 0.2, best_hyperparameters: {}, folds: '', importance: [],
  axes: [rate, kernel],
  trials: [
    { number: 0, status: 'completed', value: 0.6, best: 0.6, hyperparameters: { rate: 0.1, kernel: 'c' }, seconds: 1, reason: null },
    { number: 1, status: 'completed', value: 0.2, best: 0.2, hyperparameters: { kernel: 'a' }, seconds: 1, reason: null },
    { number: 2, status: 'pruned', value: null, best: 0.2, hyperparameters: { rate: 1, kernel: 'b' }, seconds: 1, reason: 'Behind.' },
  ],
} as unknown as TuningView;

test('a value stands where its scale puts it', () => {
  expect(placeOf(rate, 0.1)).toBeCloseTo(0.5);
  expect(placeOf({ ...rate, is_log_scale: false }, 0.505)).toBeCloseTo(0.5);
  expect(placeOf(kernel, 'b')).toBe(0.5);
  expect(placeOf(rate, undefined)).toBeNull();
});

test('completed trials are lines that end at their value, the best marked', () => {
  const lines = parallelLines(tuning);
  expect(lines.map((line) => line.key)).toEqual(['0', '1']);
  expect(lines[0]!.places[2]).toBe(1);
  expect(lines[0]!.weight).toBe(0);
  expect(lines[1]!.best).toBe(true);
  expect(lines[1]!.places).toEqual([null, 0, 0]);
  expect(parallelAxes(tuning).map((axis) => axis.name)).toEqual(['rate', 'kernel', 'log_loss']);
});
