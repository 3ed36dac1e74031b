import type { MetricSeries, RunView } from '@/api';

export interface RunCurves {
  metric: string;
  curves: { name: string; points: (readonly [number, number | null])[] }[];
}

/** One chart for each metric that has a course, with a curve for each run. Runs of one name are told apart by the end of their id. */
export function runCurves(runs: readonly RunView[], series: readonly (readonly MetricSeries[] | undefined)[]): RunCurves[] {
  const groups = new Map<string, RunCurves>();
  const names = distinctNames(runs);
  runs.forEach((_, index) => {
    for (const { name, points } of series[index] ?? []) {
      if (new Set(points.map(([step]) => step)).size > 1) {
        const group = groups.get(name) ?? { metric: name, curves: [] };
        group.curves.push({ name: names[index]!, points: points.map(([step, value]) => [step ?? 0, value ?? null] as const) });
        groups.set(name, group);
      }
    }
  });
  return [...groups.values()];
}

export function distinctNames(runs: readonly Pick<RunView, 'id' | 'name'>[]): string[] {
  return runs.map(({ id, name }) => (runs.filter((other) => other.name === name).length > 1 ? `${name} (${id.slice(-4)})` : name));
}
