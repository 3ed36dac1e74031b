import { expect, it } from 'vitest';
import { orderedModalities } from './orderedModalities';

const parts = [{ modality: 'table', metric: 'm', with: 0.9, without: 0.85 }, { modality: 'motion', metric: 'm', with: 0.9, without: 0.6 }];

it('puts the part first whose absence costs most', () => {
  expect(orderedModalities(parts, false).map(({ modality }) => modality)).toEqual(['motion', 'table']);
  expect(orderedModalities(parts, false)[0]?.lost).toBeCloseTo(0.3);
});

it('counts a rise as a loss where less is better', () => {
  expect(orderedModalities(parts, true).map(({ modality }) => modality)).toEqual(['table', 'motion']);
});
