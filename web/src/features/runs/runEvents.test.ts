import { expect, it } from 'vitest';
import { mergeLog, mergeSeries } from './runEvents';

it('a step that was stored and streamed counts once, the streamed value last', () => {
  expect(mergeSeries([{ name: 'loss', points: [[1, 0.4], [0, 0.5]] }], [{ name: 'loss', step: 1, value: 0.41 }, { name: '__proto__', step: 0, value: null }])).toEqual([
    { name: 'loss', points: [[0, 0.5], [1, 0.41]] },
    { name: '__proto__', points: [[0, null]] },
  ]);
});

it('log lines come once and in order', () => {
  const line = (number: number) => ({ number, time: '', text: `line ${number}` });
  expect(mergeLog([line(1), line(2)], [line(3), line(2)]).map(({ number }) => number)).toEqual([1, 2, 3]);
});
