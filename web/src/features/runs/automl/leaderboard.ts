import type { LeaderboardRow } from '@/api';

/** Rows that were scored, the ensemble first, and those that were not. */
export function parted(rows: readonly LeaderboardRow[]): { scored: LeaderboardRow[]; others: LeaderboardRow[] } {
  return { scored: rows.filter(({ score }) => score !== null), others: rows.filter(({ score }) => score === null) };
}

/** The range that all scores and their intervals lie in, so that they can be drawn beside one another; a baseline far off is cut. */
export function scoreRange(rows: readonly LeaderboardRow[]): { from: number; to: number } {
  const scores = rows.flatMap(({ score, test_score: test }) => [score, test]).filter((value) => value !== null).sort((a, b) => a - b);
  if (scores.length === 0) {
    return { from: 0, to: 1 };
  }

  const at = (share: number) => scores[Math.round(share * (scores.length - 1))]!;
  const middle = at(0.75) - at(0.25);
  const near = scores.filter((value) => value >= at(0.25) - 6 * middle && value <= at(0.75) + 6 * middle);
  const ends = rows.flatMap(({ low, high, test_low: testLow, test_high: testHigh }) => [low, high, testLow, testHigh]).filter((value) => value !== null);
  const [lowest, highest] = [near[0]!, near.at(-1)!];
  const room = Math.max((highest - lowest) * 0.5, Math.abs(highest) * 1e-6, 1e-12);
  return {
    from: Math.min(lowest, ...ends.filter((value) => value >= lowest - room)),
    to: Math.max(highest, ...ends.filter((value) => value <= highest + room)),
  };
}

/** Where a value lies in the range, 0 to 1; what is beyond it lies at its end. */
export function place(value: number, { from, to }: { from: number; to: number }): number {
  return to > from ? Math.min(1, Math.max(0, (value - from) / (to - from))) : 0.5;
}

/** How much better the ensemble is than a row, by test scores where both have one. */
export function gainOver(ensemble: LeaderboardRow, row: LeaderboardRow, higherIsBetter: boolean): number | null {
  const [own, other] = ensemble.test_score !== null && row.test_score !== null ? [ensemble.test_score, row.test_score] : [ensemble.score, row.score];
  return own === null || other === null ? null : higherIsBetter ? own - other : other - own;
}

export const stateWords: Record<LeaderboardRow['state'], string> = {
  used: 'part of the ensemble',
  kept: 'kept, without weight',
  left: 'fitted, not kept',
  skipped: 'skipped',
  failed: 'failed',
};
