import { expect, it } from 'vitest';
import { uncertaintyColumns } from './uncertainty';

const prediction = { row: 1, prediction: 3, probabilities: {}, raw_scores: [], reasons: null, reasons_for: null, bias: null };

it('has no columns where the model says nothing of it', () => {
  expect(uncertaintyColumns([prediction], true)).toEqual([]);
});

it('parts it into what more rows would teach and noise, and for numbers tells the deviation of both', () => {
  const columns = uncertaintyColumns([{ ...prediction, uncertainty: { epistemic: 9, aleatoric: 16 } }], true);
  expect(columns.map(({ name }) => name)).toEqual(['standard_deviation', 'epistemic', 'aleatoric']);
  expect(columns.map(({ read }) => read({ ...prediction, uncertainty: { epistemic: 9, aleatoric: 16 } }))).toEqual([5, 9, 16]);
});

it('tells only what the model tells', () => {
  const [only, ...others] = uncertaintyColumns([{ ...prediction, uncertainty: { epistemic: 0.2, aleatoric: null } }], true);
  expect(only?.name).toBe('epistemic');
  expect(others).toEqual([]);
});
