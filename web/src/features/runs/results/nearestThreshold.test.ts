import { expect, it } from 'vitest';
import type { ThresholdPoint } from '@/api';
import { nearestThreshold } from './nearestThreshold';

it('takes the measured point that is nearest', () => {
  const points = [0, 0.25, 0.5, 1].map((threshold) => ({ threshold }) as ThresholdPoint);
  expect(nearestThreshold(points, 0.36)?.threshold).toBe(0.25);
  expect(nearestThreshold(points, 0.9)?.threshold).toBe(1);
  expect(nearestThreshold([], 0.5)).toBeNull();
});
