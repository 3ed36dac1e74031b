import type { CounterfactualAnswer, EffectView, ModelView, OmicsExplanation } from '@/api';
import type { Contribution, Series } from '@/charts';

/** What a person can ask about a model. */
export type Question = 'importance' | 'effect' | 'row' | 'rules';

export const questions: { value: Question; label: string }[] = [
  { value: 'importance', label: 'What matters' },
  { value: 'effect', label: 'Along a column' },
  { value: 'row', label: 'One row' },
  { value: 'rules', label: 'As rules' },
];

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

/** What each column added to the output that is asked for, the largest first. */
export function contributionsOf({ explanation }: OmicsExplanation, output: number): { bias: number; contributions: Contribution[] } | null {
  const score = explanation.items[0]?.scores[output];
  return score === undefined ? null : {
    bias: score.bias,
    contributions: explanation.columns
      .map((column, index) => ({ column, value: null, contribution: score.contributions[index] ?? 0 }))
      .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
  };
}

/** The changes of each counterfactual in words. */
export function changesOf(answer: CounterfactualAnswer): string[] {
  return answer.found.map(({ changes, label }) => `${changes.map(({ column, from, to }) => `${column} ${to ?? 'missing'} instead of ${from ?? 'missing'}`).join(', ')}: then ${label}`);
}
