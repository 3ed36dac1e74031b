import type { TaughtBy } from '@/api';

/** Whether the difference between teacher and small model is more than chance. */
export function comparedInWords(difference: TaughtBy['against_student']): string {
  if (!difference || difference.low === null || difference.high === null) {
    return '';
  }

  return difference.low > 0 || difference.high < 0
    ? 'The difference between the two is more than chance would make.'
    : 'The test rows do not tell the two apart: chance alone makes such differences.';
}
