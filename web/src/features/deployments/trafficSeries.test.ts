import { describe, expect, it } from 'vitest';
import type { TrafficMinute } from '@/api';
import { agoText, armsSince, latencySeries, requestSeries } from './trafficSeries';

const now = Date.parse('2026-01-01T12:00:00Z');
const minute = (text: string, model_id: string, answered: number, p95 = 2, failed = 0): TrafficMinute =>
  ({ minute: `2026-01-01T${text}:00Z`, model_id, answered, rows: answered, refused: 0, failed, latency: answered > 0 ? { p50: 1, p95, p99: 3 } : null });

describe('traffic', () => {
  it('counts minutes without requests as none', () => {
    const [a] = requestSeries([minute('11:30', 'a', 6), minute('11:33', 'a', 3)], 1, now);
    expect(a!.points.map(({ y }) => y)).toEqual([0, 6, 0, 0, 3, 0]);
    expect(a!.points[1]!.x).toBeCloseTo(-0.5);
  });

  it('puts a week together into few points, as requests a minute', () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({ ...minute('00:00', 'a', 42), minute: new Date(now - index * 600_000).toISOString() }));
    const [a] = requestSeries(many, 168, now);
    expect(a!.points.length).toBeLessThanOrEqual(243);
    expect(Math.max(...a!.points.map(({ y }) => y))).toBeCloseTo((42 * 5) / 42, 0);
  });

  it('draws the worst minute of each model, and nothing of one that answered nothing', () => {
    const series = latencySeries([minute('11:30', 'a', 6, 4), minute('11:30', 'b', 0)], 1, 'p95', now);
    expect(series.map(({ modelId, points }) => [modelId, points.map(({ y }) => y)])).toEqual([['a', [4]]]);
  });

  it('tells a model on trial from the others, since the trial began', () => {
    const [own, others] = armsSince([minute('10:00', 'new', 9), minute('11:30', 'new', 6, 2, 1), minute('11:31', 'old', 50)], '2026-01-01T11:30:20Z', 'new');
    expect([own.answered, own.failed, others.answered]).toEqual([6, 1, 50]);
  });

  it('says how long ago', () => {
    expect([0, -0.5, -6, -72].map(agoText)).toEqual(['now', '30 min ago', '6 h ago', '3 d ago']);
  });
});
