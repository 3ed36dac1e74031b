import type { JobView, LeaderboardRow, MetricSeries } from '@/api';
import { formatNumber, formatShare } from '@/components/format';
import { formatMetric, metricInText } from '@/components/metricWords';

/** What the algorithm takes when nothing is said. */
const usualSeconds = 300;

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

/** A gain over something as a sentence; one that no digit shows is none. */
export function gainInWords(gain: number, what: string, metric: string): string {
  return Math.abs(gain) < 0.00005 ? `As good as ${what}.` : `${gain > 0 ? 'Better' : 'Worse'} than ${what} by ${formatNumber(Math.abs(gain), 3)} ${metricInText(metric)}.`;
}

export const stateWords: Record<LeaderboardRow['state'], string> = {
  used: 'part of the ensemble',
  kept: 'kept, without weight',
  left: 'fitted, not kept',
  skipped: 'skipped',
  failed: 'failed',
};

/** A score with as many digits as tell candidates apart. */
export function scoreText(metric: string, score: number): string {
  const usual = formatMetric(metric, score);
  return usual.endsWith('%') ? formatShare(score, 2) : Math.abs(score) < 10 && Math.abs(score) >= 0.001 ? score.toFixed(4) : formatNumber(score, 5);
}

/** A candidate's name without what its badge says. */
export function shortName({ name, layer }: Pick<LeaderboardRow, 'name' | 'layer'>): string {
  const end = `, layer ${layer}`;
  return name.endsWith(end) ? name.slice(0, -end.length) : name;
}

/** About how many seconds a search has left, the first attempt's start taken for its beginning; null where that cannot be told. */
export function secondsLeft(settings: Readonly<Record<string, unknown>>, { started_at: startedAt, attempt }: Pick<JobView, 'started_at' | 'attempt'>, now: number): number | null {
  const limit = settings.time_limit ?? usualSeconds;
  return startedAt === null || attempt > 1 || settings.deterministic === true || typeof limit !== 'number' ? null : Math.max(0, limit - (now - Date.parse(startedAt)) / 1000);
}

/** The scores of candidates in the order in which they ended, and the best so far, as curves; the best is drawn last, over the others. */
export function courseOf(series: readonly MetricSeries[]): { name: string; points: (readonly [number, number | null])[] }[] {
  return [['candidate', 'Each candidate'] as const, ['best', 'Best so far'] as const].flatMap(([name, title]) => {
    const found = series.find((one) => one.name === name);
    return found === undefined || found.points.length === 0 ? [] : [{ name: title, points: found.points.map(([step, value]) => [step ?? 0, value ?? null] as const) }];
  });
}
