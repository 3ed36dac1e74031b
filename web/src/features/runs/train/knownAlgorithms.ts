import type { AlgorithmView, ColumnType, LearningTask } from '@/api';

/** What most people want, and what others are compared with; the rest is one click away. */
const wellKnown = ['gradient_boosting', 'random_forest', 'extra_trees', 'decision_tree', 'logistic_regression', 'linear_regression', 'ridge', 'k_nearest_neighbors', 'isolation_forest', 'k_means', 'gaussian_mixture', 'dbscan'];

/** Algorithms made of others, which have to be named: none of them is compared without being asked for. */
const ofOthers = ['voting', 'stacking', 'blending', 'bagged', 'blocks'];

/** Too slow on many rows to be tried without being asked for. */
const forFewRows = ['svm', 'svr', 'gaussian_process', 'k_nearest_neighbors'];
const fewRows = 5_000;

/** What to begin with where a table holds arrays of one kind. */
const firstOfArrays: Partial<Record<ColumnType, string>> = { series: 'minirocket', image: 'cnn2d', points: 'pointnet' };

/** They refuse many tables: numbers below 0, or targets that are. */
const ofNonNegative = ['multinomial_naive_bayes', 'poisson_regression', 'gamma_regression', 'tweedie_regression'];

/** Another program's names for what is there already. */
const presetsOfBoosting = ['xgboost', 'lightgbm'];

/** The kinds of arrays that columns hold. */
export function arrayKinds(columns: readonly { type: ColumnType }[]): ColumnType[] {
  return [...new Set(columns.map(({ type }) => type))].filter((type) => type === 'series' || type === 'image' || type === 'points');
}

/** Whether an algorithm reads what a table holds: arrays of these kinds, or single values. */
export function reads(algorithm: AlgorithmView, kinds: readonly ColumnType[]): boolean {
  return kinds.length === 0 ? algorithm.array_types.length === 0 : kinds.every((kind) => algorithm.array_types.includes(kind));
}

/** What is shown before anybody asks for more. */
export function isUsual(algorithm: AlgorithmView, kinds: readonly ColumnType[]): boolean {
  return kinds.length === 0 ? wellKnown.includes(algorithm.name) : reads(algorithm, kinds);
}

/** The first choice first: for arrays what is made for their kind, then whatever else reads them. */
export function inOrder(algorithms: readonly AlgorithmView[], kinds: readonly ColumnType[]): AlgorithmView[] {
  const [kind] = kinds;
  const first = kinds.length > 1 ? 'fusion' : kind && firstOfArrays[kind];
  const place = (algorithm: AlgorithmView) => (kind === undefined || algorithm.name === first ? 0 : reads(algorithm, kinds) ? 1 : 2);
  return algorithms.toSorted((a, b) => place(a) - place(b));
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
export function suitable(algorithms: readonly AlgorithmView[], task: LearningTask | null, rowCount: number, kinds: readonly ColumnType[]): string[] {
  return comparable(algorithms, task)
    .filter((algorithm) => reads(algorithm, kinds))
    .map(({ name }) => name)
    .filter((name) => !ofOthers.includes(name) && !presetsOfBoosting.includes(name) && !ofNonNegative.includes(name) && (rowCount <= fewRows || !forFewRows.includes(name)));
}

/** A small start that says most: boosting, a forest and a line; for arrays what is made for their kind, and boosting on numbers that describe them. */
export function usualComparison(algorithms: readonly AlgorithmView[], task: LearningTask | null, kinds: readonly ColumnType[]): string[] {
  const able = new Set(comparable(algorithms, task).map(({ name }) => name));
  const ofArrays = inOrder(algorithms, kinds)[0]?.name ?? '';
  return (kinds.length > 0 ? [ofArrays, 'gradient_boosting'] : ['gradient_boosting', 'random_forest', task === 'regression' ? 'ridge' : 'logistic_regression']).filter((name) => able.has(name));
}
