import { expect, it } from 'vitest';
import { metricGroups } from './metricGroups';

it('one chart a metric, one curve for each part of the rows', () => {
  const groups = metricGroups([{ name: 'train_log_loss', points: [[0, 0.7]] }, { name: 'watched_log_loss', points: [[0, 0.8]] }, { name: 'gradient_norm', points: [[0, 3]] }]);
  expect(groups.map(({ metric, curves }) => [metric, curves.map(({ name }) => name)])).toEqual([
    ['log_loss', ['Rows learned from', 'Test rows, only watched']],
    ['gradient_norm', ['All rows']],
  ]);
});
