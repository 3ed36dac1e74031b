import { expect, it } from 'vitest';
import type { RunView } from '@/api';
import { distinctNames, runCurves } from './runCurves';

const run = (id: string, name: string) => ({ id, name }) as RunView;

it('puts the curves of one metric into one chart, and leaves single values out', () => {
  const charts = runCurves([run('a1', 'one'), run('b2', 'two')], [
    [{ name: 'loss', points: [[0, 1], [1, 0.5]] }, { name: 'final', points: [[0, 3]] }],
    [{ name: 'loss', points: [[0, 2], [1, null]] }],
  ]);
  expect(charts).toEqual([{ metric: 'loss', curves: [{ name: 'one', points: [[0, 1], [1, 0.5]] }, { name: 'two', points: [[0, 2], [1, null]] }] }]);
});

it('has no chart for values that all belong to one step, nor while they are asked for', () => {
  expect(runCurves([run('a', 'one'), run('b', 'two')], [[{ name: 'loss', points: [[0, 1], [0, 2]] }], undefined])).toEqual([]);
});

it('tells runs of one name apart', () => {
  expect(distinctNames([run('xx0001', 'same'), run('xx0002', 'same'), run('c', 'other')])).toEqual(['same (0001)', 'same (0002)', 'other']);
});
