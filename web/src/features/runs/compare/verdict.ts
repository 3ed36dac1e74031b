import type { ComparedAlgorithm } from '@/api';

/** A difference that chance alone would show in fewer than one of twenty comparisons counts as clear. */
const chance = 0.05;

export type Verdict = 'best' | 'as_good' | 'worse' | 'unfinished';

/** Whether an algorithm is worse than the best one, as far as these folds can tell. */
export function verdictOf(algorithm: ComparedAlgorithm): Verdict {
  if (algorithm.problem !== null) {
    return 'unfinished';
  }

  return algorithm.against_best === null ? 'best' : algorithm.against_best.p_value < chance ? 'worse' : 'as_good';
}

/**
 * The ends of a scale for all scores, so that every line of dots has the same one. A few that lie far out (Tukey's fences) do not squeeze the others together: their dots stand at
 * the edge.
 */
export function scoreDomain(scores: readonly (readonly number[])[]): [number, number] {
  const all = scores.flat().filter((score) => Number.isFinite(score)).sort((a, b) => a - b);
  const [least, most] = [all[0], all.at(-1)];
  if (least === undefined || most === undefined) {
    return [0, 1];
  }

  const at = (share: number) => all[Math.round(share * (all.length - 1))] ?? least;
  const fence = 1.5 * (at(0.75) - at(0.25));
  return fence > 0 ? [Math.max(least, at(0.25) - fence), Math.min(most, at(0.75) + fence)] : [least, most];
}

export function meanOf(scores: readonly number[]): number | null {
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
