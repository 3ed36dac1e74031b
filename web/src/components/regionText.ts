import type { Prediction } from '@/api';
import { formatNumber } from './format';

/** Where the truth may lie with the model's certainty: `3.1 to 4.7`, or the classes of the set. */
export function regionText({ interval, set }: Pick<Prediction, 'interval' | 'set'>): string {
  if (interval) {
    return interval.lower === null && interval.upper === null
      ? 'anywhere'
      : interval.lower === null ? `up to ${formatNumber(interval.upper, 4)}` : interval.upper === null ? `from ${formatNumber(interval.lower, 4)}` : `${formatNumber(interval.lower, 4)} to ${formatNumber(interval.upper, 4)}`;
  }

  return set ? (set.length === 0 ? 'none of the classes fits' : set.join(', ')) : '';
}
