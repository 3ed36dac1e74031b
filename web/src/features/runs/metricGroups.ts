import type { MetricSeries } from '@/api';

export interface MetricGroup {
  /** The metric's name without the part of the rows it was measured on. */
  metric: string;
  curves: { name: string; points: (readonly [number, number | null])[] }[];
}

const parts: readonly { prefix: string; title: string }[] = [
  { prefix: 'train_', title: 'Rows learned from' },
  { prefix: 'watched_', title: 'Test rows, only watched' },
];

/** One chart for each metric, a curve for each part of the rows that it was measured on. */
export function metricGroups(series: readonly MetricSeries[]): MetricGroup[] {
  const groups = new Map<string, MetricGroup>();
  for (const { name, points } of series) {
    const part = parts.find(({ prefix }) => name.startsWith(prefix));
    const metric = part === undefined ? name : name.slice(part.prefix.length);
    const group = groups.get(metric) ?? { metric, curves: [] };
    group.curves.push({ name: part?.title ?? 'All rows', points: points.map(([step, value]) => [step ?? 0, value ?? null] as const) });
    groups.set(metric, group);
  }

  return [...groups.values()];
}
