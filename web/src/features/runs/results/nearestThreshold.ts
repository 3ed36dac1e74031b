import type { ThresholdPoint } from '@/api';

/** The measured point whose threshold is nearest to the wanted one. */
export function nearestThreshold(thresholds: readonly ThresholdPoint[], wanted: number): ThresholdPoint | null {
  let best: ThresholdPoint | null = null;
  for (const point of thresholds) {
    if (best === null || Math.abs(point.threshold - wanted) < Math.abs(best.threshold - wanted)) {
      best = point;
    }
  }

  return best;
}
