import type { CohortCondition, CounterfactualAnswer, DatasetRows, EffectView, ExplanationBasis, ModelView, OmicsExplanation } from '@/api';
import type { Contribution, Series } from '@/charts';
import { formatNumber } from '@/components/format';

/** What a person can ask about a model. */
export type Question = 'importance' | 'effect' | 'rows' | 'row' | 'time' | 'groups' | 'rules';

const questions: { value: Question; label: string }[] = [
  { value: 'importance', label: 'What matters' },
  { value: 'effect', label: 'Along a column' },
  { value: 'rows', label: 'Many rows' },
  { value: 'row', label: 'One row' },
  { value: 'time', label: 'Over time' },
  { value: 'groups', label: 'Groups' },
  { value: 'rules', label: 'As rules' },
];

/** What can be asked of a model: over time only where there are series. */
export function questionsFor(model: ModelView): { value: Question; label: string }[] {
  return questions.filter(({ value }) => value !== 'time' || arrayColumns(model).length > 0);
}

/** Its columns of series. */
export function arrayColumns(model: ModelView): string[] {
  return model.features.filter(({ type }) => type === 'series').map(({ name }) => name);
}

/** Columns along which an effect can be told. */
export function effectColumns(model: ModelView): string[] {
  return model.features.filter(({ type }) => type !== 'text' && type !== 'series' && type !== 'image' && type !== 'points').map(({ name }) => name);
}

/** One line an output; of two classes only the second's, since the first says the same. */
export function effectLines(effect: EffectView): Series[] {
  return effect.outputs.map((output, index) => ({
    name: output, draw: 'dotted-line' as const, color: (index % 7) + 1,
    points: (effect.numbers ?? []).map((x, point) => ({ x, y: effect.values[index]?.[point] ?? 0 })),
  }));
}

/** The cells of one row of a page by their columns. */
export function valuesOf(page: DatasetRows | undefined, place: number): ReadonlyMap<string, string | null> {
  return new Map(page?.columns.map((column, index) => [column, page.rows[place]?.[index] ?? null]));
}

/** What each column added to the output that is asked for, the largest first. */
export function contributionsOf({ explanation }: OmicsExplanation, output: number, values: ReadonlyMap<string, string | null> = new Map()): { bias: number; contributions: Contribution[] } | null {
  const score = explanation.items[0]?.scores[output];
  return score === undefined ? null : {
    bias: score.bias,
    contributions: explanation.columns
      .map((column, index) => ({ column, value: values.get(column) ?? null, contribution: score.contributions[index] ?? 0 }))
      .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
  };
}

/** The changes of each counterfactual in words. */
export function changesOf(answer: CounterfactualAnswer): string[] {
  return answer.found.map(({ changes, label }) => `${changes.map(({ column, from, to }) => `${column} ${shown(to)} instead of ${shown(from)}`).join(', ')}: then ${label}`);
}

/** Of long fractions as many digits as anybody reads. */
function shown(value: string | null): string {
  return value === null ? 'missing' : /^-?\d+\.\d{4,}$/.test(value) ? String(Number(Number(value).toPrecision(6))) : value;
}

/** By what contributions were worked out, of what, and how nearly they add up. */
export function basisText(basis: ExplanationBasis | null | undefined): string {
  if (!basis) {
    return '';
  }

  const how = basis.method === 'kernel' || basis.method === 'permutation' ? 'Sampled' : 'Exact';
  const what = basis.explained === 'prediction' ? 'the prediction' : 'the raw score';
  const error = basis.additivity_error === null ? '' : ` to within ${Math.max(basis.additivity_error, 1e-15).toExponential(0)}`;
  return `${how} Shapley values: with the starting point they add up to ${what}${error}.`;
}

/** The pictures whose names begin so. */
export function picturesOf({ explanation }: OmicsExplanation, start: string): [string, string][] {
  return Object.entries(explanation.plots ?? {}).filter(([name]) => name.startsWith(start));
}

/** What the rows of a group have in common; null while nothing is said. */
export function conditionOf(column: string, { value = '', low = null, high = null }: { value?: string; low?: number | null; high?: number | null }): CohortCondition | null {
  return value.trim() === '' && low === null && high === null ? null : { column, value: value.trim() === '' ? null : value.trim(), low, high };
}

/** From where to where. */
export function intervalText(interval: { low: number | null; high: number | null } | null): string {
  return interval === null || interval.low === null || interval.high === null ? '–' : `${formatNumber(interval.low, 2)} to ${formatNumber(interval.high, 2)}`;
}
