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

/** The ends of all scores, so that every line of dots has the same scale. */
export function scoreDomain(scores: readonly (readonly number[])[]): [number, number] {
  const all = scores.flat().filter((score) => Number.isFinite(score));
  return all.length === 0 ? [0, 1] : [Math.min(...all), Math.max(...all)];
}

export function meanOf(scores: readonly number[]): number | null {
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
