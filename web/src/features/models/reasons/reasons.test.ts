import { describe, expect, it } from 'vitest';
import type { CounterfactualAnswer, ModelView, OmicsExplanation } from '@/api';
import { basisText, changesOf, conditionOf, contributionsOf, effectColumns, effectLines, picturesOf, questionsFor, valuesOf } from './reasons';

describe('reasons of a model', () => {
  it('tell effects along numbers and levels, not along texts and arrays', () => {
    const model = { features: [{ name: 'dose', type: 'float64' }, { name: 'note', type: 'text' }, { name: 'curve', type: 'series' }, { name: 'sex', type: 'category' }] } as unknown as ModelView;
    expect(effectColumns(model)).toEqual(['dose', 'sex']);
  });

  it('draw a line for each output', () => {
    const lines = effectLines({ column: 'dose', labels: ['1', '2'], numbers: [1, 2], outputs: ['no', 'yes'], values: [[0.9, 0.4], [0.1, 0.6]], individual: null });
    expect(lines.map(({ name, points }) => [name, points])).toEqual([['no', [{ x: 1, y: 0.9 }, { x: 2, y: 0.4 }]], ['yes', [{ x: 1, y: 0.1 }, { x: 2, y: 0.6 }]]]);
  });

  it('are contributions with the largest first', () => {
    const told = { explanation: { columns: ['a', 'b'], items: [{ row: 0, scores: [{ bias: 0.5, contributions: [0.1, -0.3] }] }] } } as unknown as OmicsExplanation;
    expect(contributionsOf(told, 0)).toEqual({ bias: 0.5, contributions: [{ column: 'b', value: null, contribution: -0.3 }, { column: 'a', value: null, contribution: 0.1 }] });
    expect(contributionsOf(told, 1)).toBeNull();
    const cells = valuesOf({ columns: ['b', 'c'], rows: [['7', null]], row_count: 1 }, 0);
    expect(contributionsOf(told, 0, cells)?.contributions.map(({ value }) => value)).toEqual(['7', null]);
    expect(valuesOf(undefined, 0).size).toBe(0);
  });

  it('say in words what would have to change', () => {
    const answer = { row: 0, label: 'no', score: 0.7, reason: null, found: [{ changes: [{ column: 'dose', from: '5', to: '70.16712890625' }, { column: 'sex', from: null, to: 'f' }], label: 'yes', score: 0.6, distance: 1, distance_to_data: 0.1 }] } as CounterfactualAnswer;
    expect(changesOf(answer)).toEqual(['dose 70.1671 instead of 5, sex f instead of missing: then yes']);
  });

  it('are asked for over time only of series', () => {
    const of = (type: string) => questionsFor({ features: [{ name: 'a', type }] } as unknown as ModelView).map(({ value }) => value);
    expect(of('series')).toContain('time');
    expect(of('float64')).not.toContain('time');
  });

  it('say how they were worked out', () => {
    expect(basisText({ method: 'path', explained: 'raw_score', additivity_error: 2e-14 })).toBe('Exact Shapley values: with the starting point they add up to the raw score to within 2e-14.');
    expect(basisText({ method: 'permutation', explained: 'prediction', additivity_error: null })).toBe('Sampled Shapley values: with the starting point they add up to the prediction.');
    expect(basisText(null)).toBe('');
  });

  it('have pictures by name', () => {
    const told = { explanation: { plots: { waterfall: '<svg/>', force: '<svg></svg>' } } } as unknown as OmicsExplanation;
    expect(picturesOf(told, 'force')).toEqual([['force', '<svg></svg>']]);
    expect(picturesOf({ explanation: { plots: null } } as unknown as OmicsExplanation, '')).toEqual([]);
  });

  it('compare groups by a value or by bounds', () => {
    expect(conditionOf('site', { value: ' A ' })).toEqual({ column: 'site', value: 'A', low: null, high: null });
    expect(conditionOf('age', { low: 40 })).toEqual({ column: 'age', value: null, low: 40, high: null });
    expect(conditionOf('age', {})).toBeNull();
  });
});
