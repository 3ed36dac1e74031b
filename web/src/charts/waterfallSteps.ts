export interface Contribution {
  column: string;
  value: string | null;
  contribution: number;
}

export interface WaterfallStep {
  kind: 'bias' | 'column' | 'rest' | 'total';
  name: string;
  value: string | null;
  /** In units of what is explained. */
  change: number;
  /** The running score before and after this step. */
  from: number;
  to: number;
}

/**
 * The way from the bias to what is explained: the strongest columns by themselves, the others together.
 * The last step ends exactly at bias plus the sum of all contributions.
 */
export function waterfallSteps(bias: number, contributions: readonly Contribution[], most = 10, total = 'Raw score'): WaterfallStep[] {
  const strongest = contributions.filter((one) => one.contribution !== 0).sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  // One column alone is not "other columns": show it by its name.
  const shown = strongest.length === most + 1 ? strongest : strongest.slice(0, most);
  const rest = strongest.slice(shown.length);

  const steps: WaterfallStep[] = [{ kind: 'bias', name: 'Starting point', value: null, change: bias, from: 0, to: bias }];
  let score = bias;
  const add = (kind: 'column' | 'rest', name: string, value: string | null, change: number) => {
    steps.push({ kind, name, value, change, from: score, to: score + change });
    score += change;
  };

  shown.forEach((one) => add('column', one.column, one.value, one.contribution));
  if (rest.length > 0) {
    add('rest', `${rest.length} other columns`, null, rest.reduce((sum, one) => sum + one.contribution, 0));
  }

  steps.push({ kind: 'total', name: total, value: null, change: score, from: 0, to: score });
  return steps;
}
