import { expect, it } from 'vitest';
import { regionText } from './regionText';

it('tells where the truth may lie, also where an end is open or no class fits', () => {
  expect(regionText({ interval: { lower: 1.5, upper: 2 }, set: null })).toBe('1.5 to 2');
  expect(regionText({ interval: { lower: null, upper: 2 }, set: null })).toBe('up to 2');
  expect(regionText({ interval: { lower: null, upper: null }, set: null })).toBe('anywhere');
  expect(regionText({ interval: null, set: ['a', 'b'] })).toBe('a, b');
  expect(regionText({ interval: null, set: [] })).toBe('none of the classes fits');
  expect(regionText({})).toBe('');
});
