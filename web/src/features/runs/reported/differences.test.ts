import { describe, expect, it } from 'vitest';
import type { RunView } from '@/api';
import { bestOf, comparedMetrics, comparedParameters } from './differences';

const run = (parameters: Record<string, string>, metrics: Record<string, number | null>) => ({ dataset_name: '', plan: null, parameters, metrics }) as unknown as RunView;

describe('runs side by side', () => {
  it('puts settings that differ first, and those that only one run has', () => {
    const compared = comparedParameters([run({ depth: '4', seed: '1' }, {}), run({ depth: '6', seed: '1', bins: '9' }, {})]);
    expect(compared.map(({ name }) => name)).toEqual(['depth', 'bins', 'seed']);
    expect(compared[1]).toEqual({ name: 'bins', values: [null, '9'], differs: true });
  });

  it('marks the best value where it is known what better means', () => {
    const [first, second, third] = comparedMetrics([run({}, { accuracy: 0.9, 'val/loss': 0.3, colour: 1 }), run({}, { accuracy: 0.8, 'val/loss': 0.2, colour: 2 })]);
    expect([first, second, third].map((line) => [line!.name, bestOf(line!)])).toEqual([['accuracy', 0.9], ['val/loss', 0.2], ['colour', null]]);
  });

  it('marks nothing where all are the same', () => {
    expect(bestOf({ name: 'accuracy', values: [1, 1], differs: false })).toBeNull();
  });
});
