import { expect, it } from 'vitest';
import { difference, measured } from './words';

it('tells shares in per cent and their differences in points', () => {
  expect([measured('correct', 0.875), difference('correct', 0.125), difference('correct', -0.02)]).toEqual(['87.5 %', '+12.5 points', '\u22122 points']);
});

it('tells numbers as they are, and says when there is none yet', () => {
  expect([measured('absolute_error', 3.25), difference('outcome', -0.5), difference('correct', null), measured('correct', null)]).toEqual(['3.25', '\u22120.5', '\u2013', '\u2013']);
});
