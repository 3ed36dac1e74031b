import { describe, expect, it } from 'vitest';
import type { LeaderboardRow } from '@/api';
import { courseOf, gainInWords, gainOver, parted, place, scoreRange, scoreText, secondsLeft, shortName } from './leaderboard';

const row = (name: string, score: number | null, more: Partial<LeaderboardRow> = {}): LeaderboardRow => ({
  name, recipe: name, layer: 1, state: 'kept', reason: null, score, low: null, high: null, fit_seconds: null, predict_microseconds: null, bytes: null, weight: 0, error_correlation: null,
  test_score: null, test_low: null, test_high: null, ...more,
});

describe('a leaderboard', () => {
  it('parts what was scored from what was not', () => {
    const { scored, others } = parted([row('a', 0.9), row('b', null, { state: 'skipped' })]);
    expect([scored.map(({ name }) => name), others.map(({ name }) => name)]).toEqual([['a'], ['b']]);
  });

  it('is drawn over the scores and their intervals, without a baseline that is far off', () => {
    const rows = [row('a', 0.9, { low: 0.88, high: 0.92 }), row('b', 0.89), row('c', 0.88), row('d', 0.87), row('e', 0.86), row('baseline', 0.5)];
    const range = scoreRange(rows);
    expect(range.from).toBeCloseTo(0.86);
    expect(range.to).toBeCloseTo(0.92);
    expect(place(0.5, range)).toBe(0);
    expect(place(0.92, range)).toBe(1);
    expect(scoreRange([])).toEqual({ from: 0, to: 1 });
    expect(place(3, { from: 3, to: 3 })).toBe(0.5);
  });

  it('tells the time that is left of the first attempt, and nothing where the clock decides nothing', () => {
    const job = { started_at: '2026-01-01T00:00:00Z', attempt: 1 };
    const now = Date.parse('2026-01-01T00:00:40Z');
    expect(secondsLeft({ time_limit: 60 }, job, now)).toBe(20);
    expect(secondsLeft({}, job, now)).toBe(260);
    expect(secondsLeft({ time_limit: 30 }, job, now)).toBe(0);
    expect([secondsLeft({ deterministic: true }, job, now), secondsLeft({}, { ...job, attempt: 2 }, now), secondsLeft({}, { ...job, started_at: null }, now)]).toEqual([null, null, null]);
  });

  it('tells scores by as many digits as part them, and names without their layer', () => {
    expect([scoreText('roc_auc', 0.93), scoreText('accuracy', 0.93217), scoreText('rmse', 1234.5678), scoreText('log_loss', 0.00001234)]).toEqual(['0.9300', '93.22 %', '1234.6', '1.234e\u22125']);
    expect([shortName({ name: 'mlp, layer 2', layer: 2 }), shortName({ name: 'mlp', layer: 1 })]).toEqual(['mlp', 'mlp']);
  });

  it('draws each score and the best until then', () => {
    expect(courseOf([{ name: 'best', points: [[1, 0.5], [2, 0.9]] }, { name: 'other', points: [[1, 1]] }])).toEqual([{ name: 'Best so far', points: [[1, 0.5], [2, 0.9]] }]);
    expect(courseOf([])).toEqual([]);
  });

  it('says a gain in words, and none where there is none', () => {
    expect([gainInWords(0.0123, 'the linear model', 'roc_auc'), gainInWords(-0.5, 'looking at no column', 'log_loss'), gainInWords(0, 'the linear model', 'rmse')])
      .toEqual(['Better than the linear model by 0.0123 ROC AUC.', 'Worse than looking at no column by 0.5 log loss.', 'As good as the linear model.']);
  });

  it('tells the gain in the direction of the metric, by the test where both were tested', () => {
    expect(gainOver(row('ensemble', 0.9), row('linear', 0.8), true)).toBeCloseTo(0.1);
    expect(gainOver(row('ensemble', 0.3, { test_score: 0.4 }), row('linear', 0.5, { test_score: 0.45 }), false)).toBeCloseTo(0.05);
    expect(gainOver(row('ensemble', 0.3), row('linear', null), false)).toBeNull();
  });
});
