import type { TrafficMinute } from '@/api';
import type { Point } from '@/charts';

export type Quantile = 'p50' | 'p95' | 'p99';

/** What is drawn of each model: x is how many hours ago. */
export interface ModelPoints {
  modelId: string;
  points: Point[];
}

interface Sums {
  answered: number;
  refused: number;
  failed: number;
}

const hour = 3_600_000;
const mostPoints = 240;

/** Requests a minute by model; long times are put together, as means. Times without requests count as none, those just before and after the others too. */
export function requestSeries(minutes: readonly TrafficMinute[], hours: number, now: number): ModelPoints[] {
  const stretch = stretchOf(hours);
  return byModel(minutes).map(({ modelId, own }) => {
    const sums = new Map<number, number>();
    for (const one of own) {
      const place = Math.floor(Date.parse(one.minute) / stretch);
      sums.set(place, (sums.get(place) ?? 0) + one.answered + one.refused + one.failed);
    }

    const [first, last] = [Math.min(...sums.keys()) - 1, Math.min(Math.max(...sums.keys()) + 1, Math.floor(now / stretch))];
    return { modelId, points: Array.from({ length: last - first + 1 }, (_, step) => ({ x: ((first + step) * stretch - now) / hour, y: ((sums.get(first + step) ?? 0) * 60_000) / stretch })) };
  });
}

/** Latency in milliseconds by model; of times put together the worst minute. */
export function latencySeries(minutes: readonly TrafficMinute[], hours: number, quantile: Quantile, now: number): ModelPoints[] {
  const stretch = stretchOf(hours);
  return byModel(minutes).map(({ modelId, own }) => {
    const worst = new Map<number, number>();
    for (const { minute, latency } of own) {
      if (latency !== null) {
        const place = Math.floor(Date.parse(minute) / stretch);
        worst.set(place, Math.max(worst.get(place) ?? 0, latency[quantile]));
      }
    }

    return { modelId, points: [...worst].sort(([a], [b]) => a - b).map(([place, y]) => ({ x: (place * stretch - now) / hour, y })) };
  }).filter(({ points }) => points.length > 0);
}

/** What one model did since a moment, and all others together. */
export function armsSince(minutes: readonly TrafficMinute[], since: string, modelId: string): [Sums, Sums] {
  const from = Date.parse(since) - 60_000;
  const none = (): Sums => ({ answered: 0, refused: 0, failed: 0 });
  const arms: [Sums, Sums] = [none(), none()];
  for (const one of minutes.filter(({ minute }) => Date.parse(minute) >= from)) {
    const arm = arms[one.model_id === modelId ? 0 : 1];
    arm.answered += one.answered;
    arm.refused += one.refused;
    arm.failed += one.failed;
  }

  return arms;
}

/** Hours as they stand under a chart. */
export function agoText(hours: number): string {
  const past = -hours;
  if (Math.abs(past) < 1 / 120) {
    return 'now';
  }

  const round = (value: number) => Math.round(value * 10) / 10;
  return past < 1 ? `${round(past * 60)} min ago` : past < 48 ? `${round(past)} h ago` : `${round(past / 24)} d ago`;
}

/** In milliseconds, whole minutes. */
function stretchOf(hours: number) {
  return Math.max(1, Math.ceil((hours * 60) / mostPoints)) * 60_000;
}

function byModel(minutes: readonly TrafficMinute[]) {
  const ids = [...new Set(minutes.map(({ model_id }) => model_id))];
  return ids.map((modelId) => ({ modelId, own: minutes.filter(({ model_id }) => model_id === modelId) }));
}
