import type { RunView } from '@/api';
import { metricBetter } from '@/components/metricWords';

export interface ComparedLine<T> {
  name: string;
  /** Of each run, in their order; null where it has none. */
  values: readonly (T | null)[];
  differs: boolean;
}

/** Settings by name, those that differ first. */
export function comparedParameters(runs: readonly RunView[]): ComparedLine<string>[] {
  return lines(runs.map((run) => settings(run)));
}

/** Metrics by name, in the order in which the first run has them. */
export function comparedMetrics(runs: readonly RunView[]): ComparedLine<number>[] {
  return lines(runs.map((run) => new Map(Object.entries(run.metrics)))).sort((a, b) => count(b) - count(a));
}

/** Which of the values is the best; null where nobody says what is better, or all are the same. */
export function bestOf({ name, values, differs }: ComparedLine<number>): number | null {
  const better = metricBetter(name) ?? (/(^|[^a-z])(loss|error|rmse|mae|mse)([^a-z]|$)/i.test(name) ? 'lower' : null);
  const known = values.filter((value) => value !== null);
  return better === null || !differs || known.length < 2 ? null : better === 'lower' ? Math.min(...known) : Math.max(...known);
}

function settings(run: RunView): Map<string, string> {
  const plan = run.plan === null ? [] : ([['algorithm', run.plan.algorithm], ['target', run.plan.target ?? 'none'], ['seed', String(run.plan.seed)]] as [string, string][]);
  return new Map([...(run.dataset_name === '' ? [] : [['dataset', run.dataset_name] as [string, string]]), ...plan, ...Object.entries(run.parameters ?? {})]);
}

function lines<T>(maps: readonly ReadonlyMap<string, T | null>[]): ComparedLine<T>[] {
  const names = [...new Set(maps.flatMap((map) => [...map.keys()]))];
  return names.map((name) => {
    const values = maps.map((map) => map.get(name) ?? null);
    return { name, values, differs: new Set(values).size > 1 };
  }).sort((a, b) => Number(b.differs) - Number(a.differs));
}

function count(line: ComparedLine<unknown>) {
  return line.values.filter((value) => value !== null).length;
}
