import type { AbTestView, OutcomeMeasure } from '@/api';
import { formatNumber, formatShare } from '@/components/format';

export const measureNames: Record<OutcomeMeasure, string> = {
  correct: 'Share of right classes',
  absolute_error: 'Absolute error',
  outcome: 'The outcome itself',
};

export const measureMeanings: Record<OutcomeMeasure, string> = {
  correct: 'How often the class was right; more is better.',
  absolute_error: 'How far the number was off; less is better.',
  outcome: 'What came of it, such as a sale or its price; more is better.',
};

/** A value of what is compared. */
export function measured(measure: OutcomeMeasure, value: number | null | undefined): string {
  return measure === 'correct' ? formatShare(value) : formatNumber(value, 4);
}

/** A difference of what is compared, in points where it is of shares. */
export function difference(measure: OutcomeMeasure, value: number | null): string {
  if (value === null) {
    return '\u2013';
  }

  const text = measure === 'correct' ? `${formatNumber(value * 100, 3)} points` : formatNumber(value, 4);
  return value > 0 ? `+${text}` : text;
}

export const statusNames: Record<AbTestView['status'], { label: string; color: string }> = {
  running: { label: 'Running', color: 'indigo' },
  decided: { label: 'Decided', color: 'teal' },
  stopped: { label: 'Stopped', color: 'gray' },
};
