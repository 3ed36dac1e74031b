import type { AlgorithmView, LearningTask } from '@/api';

/** What most people want, and what others are compared with; the rest is one click away. */
const wellKnown = ['gradient_boosting', 'random_forest', 'extra_trees', 'decision_tree', 'logistic_regression', 'linear_regression', 'ridge', 'k_nearest_neighbors', 'isolation_forest', 'k_means', 'gaussian_mixture', 'dbscan'];

/** Algorithms made of others, which have to be named: none of them is compared without being asked for. */
const ofOthers = ['voting', 'stacking', 'blending', 'bagged'];

/** Too slow on many rows to be tried without being asked for. */
const forFewRows = ['svm', 'svr', 'gaussian_process', 'k_nearest_neighbors'];
const fewRows = 5_000;

/** They read number columns as the steps of a series, which most tables are not. */
const ofSeries = ['minirocket', 'rocket'];

/** They refuse many tables: numbers below 0, or targets that are. */
const ofNonNegative = ['multinomial_naive_bayes', 'poisson_regression', 'gamma_regression', 'tweedie_regression'];

/** Another program's names for what is there already. */
const presetsOfBoosting = ['xgboost', 'lightgbm'];

export function isWellKnown(name: string): boolean {
  return wellKnown.includes(name);
}

export function fits(algorithm: AlgorithmView, task: LearningTask | null): boolean {
  return task === null || algorithm.tasks.includes(task);
}

/** Algorithms that can be compared on a kind of answer. */
export function comparable(algorithms: readonly AlgorithmView[], task: LearningTask | null): AlgorithmView[] {
  const predicts = (algorithm: AlgorithmView) => algorithm.tasks.some((one) => one !== 'outlier_detection' && one !== 'clustering');
  return algorithms.filter((algorithm) => predicts(algorithm) && fits(algorithm, task) && algorithm.name !== 'baseline');
}

/** All that it makes sense to try without a further thought: none that needs members, repeats another, refuses most tables, or takes long on so many rows. */
export function suitable(algorithms: readonly AlgorithmView[], task: LearningTask | null, rowCount: number): string[] {
  return comparable(algorithms, task)
    .map(({ name }) => name)
    .filter((name) => !ofOthers.includes(name) && !presetsOfBoosting.includes(name) && !ofNonNegative.includes(name) && !ofSeries.includes(name) && (rowCount <= fewRows || !forFewRows.includes(name)));
}

/** A small start that says most: boosting, a forest and a line. */
export function usualComparison(algorithms: readonly AlgorithmView[], task: LearningTask | null): string[] {
  const able = new Set(comparable(algorithms, task).map(({ name }) => name));
  return ['gradient_boosting', 'random_forest', task === 'regression' ? 'ridge' : 'logistic_regression'].filter((name) => able.has(name));
}
