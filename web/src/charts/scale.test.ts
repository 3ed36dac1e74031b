import { describe, expect, it } from 'vitest';
import { extent, linearScale, ticks } from './scale';

describe('ticks', () => {
  it('are round numbers inside the domain', () => {
    expect(ticks([0, 1], 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticks([3, 97], 4)).toEqual([50]);
    expect(ticks([0, 0.3], 3)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(ticks([-5, 5], 5)).toEqual([-4, -2, 0, 2, 4]);
  });

  it('of an empty domain are its one value', () => expect(ticks([2, 2])).toEqual([2]));
});

describe('a linear scale', () => {
  it('maps the domain to the range', () => {
    const scale = linearScale([0, 10], [100, 0]);
    expect(scale(2.5)).toBe(75);
  });

  it('puts a single value in the middle', () => expect(linearScale([3, 3], [0, 100])(3)).toBe(50));
});

it('the extent skips what is not finite, and adds room', () => {
  expect(extent([3, Number.NaN, 1, Number.POSITIVE_INFINITY], 0.5)).toEqual([0, 4]);
  expect(extent([])).toEqual([0, 1]);
});
