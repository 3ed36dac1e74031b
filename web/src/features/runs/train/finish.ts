import type { CalibrationMethod, ColumnProfile, IntervalMethod, LearningTask, MetricView, PlanRequest } from '@/api';
import { isNumeric } from '@/components/columnTypes';

/** How a class is called from its probability. */
export type DecisionBy = 'probable' | 'metric' | 'costs';

/** What is done to a model's answers after it has learned. */
export interface FinishChoices {
  calibration: CalibrationMethod | null;
  decision: DecisionBy;
  metric: string;
  /** [true class][called class]; null until somebody looks at them. */
  costs: readonly (readonly (number | null)[])[] | null;
  /** The share of rows, in per cent, that intervals or sets are to cover; null for none. */
  coverage: number | null;
  method: IntervalMethod | null;
}

export const usualFinish: FinishChoices = { calibration: null, decision: 'probable', metric: 'f1', costs: null, coverage: null, method: null };

/** More classes than this make a table of costs that nobody fills in. */
export const mostCostClasses = 8;

export const calibrations: readonly { value: CalibrationMethod; label: string; meaning: string }[] = [
  { value: 'platt', label: 'Platt', meaning: 'A smooth curve with two numbers: the safe choice, also for few rows.' },
  { value: 'isotonic', label: 'Isotonic', meaning: 'Steps of any shape; needs some thousand rows.' },
  { value: 'temperature', label: 'Temperature', meaning: 'One number that makes all probabilities bolder or more cautious; the order of the classes stays.' },
  { value: 'beta', label: 'Beta', meaning: 'A smooth curve with three numbers, for scores that are already probabilities.' },
];

export const intervalMethods: Record<IntervalMethod, { label: string; meaning: string }> = {
  cv_plus: { label: 'CV+', meaning: 'From the errors of models of five folds: uses every row, takes six fits.' },
  split: { label: 'Split', meaning: 'From the errors on a quarter of the training rows that is held back: quick.' },
  cqr: { label: 'CQR', meaning: 'From models of the lower and upper end: wide where the number is hard to tell, narrow elsewhere.' },
};

/** The methods for a kind of answer, the usual one first. */
export function methodsFor(task: LearningTask | null): readonly IntervalMethod[] {
  return task === 'regression' ? ['cv_plus', 'split', 'cqr'] : ['split', 'cv_plus'];
}

export function isClasses(task: LearningTask | null): boolean {
  return task === 'binary_classification' || task === 'multiclass_classification';
}

const sameForEveryThreshold = /auc|average_precision|loss|brier|calibration|top_|ndcg|deviance/;

/** Metrics that depend on which class is called, by which a threshold can be tuned. */
export function thresholdMetrics(metrics: readonly MetricView[]): MetricView[] {
  return metrics.filter((metric) => metric.tasks.includes('binary_classification') && !sameForEveryThreshold.test(metric.name));
}

/** The values of a target that is to be classes, as far as its profile tells: a list of levels, or whole numbers without a gap between the least and the largest. */
export function classesOf(target: ColumnProfile | undefined): string[] {
  const listed = (target?.top_levels ?? []).map(({ level }) => level);
  if (listed.length > 0 || target?.type !== 'int64' || typeof target.min !== 'number' || typeof target.max !== 'number') {
    return listed;
  }

  const { min, max, distinct } = target;
  return distinct === 2 ? [String(min), String(max)] : distinct === max - min + 1 ? Array.from({ length: distinct }, (_, index) => String(min + index)) : [];
}

/** The classes in the order in which a model has them, or null where the profile does not list all. */
export function orderedClasses(target: ColumnProfile | undefined, learned: readonly string[], positive: string | null): string[] | null {
  const levels = learned.length > 0 ? [...learned] : classesOf(target);
  if (levels.length < 2 || (learned.length === 0 && levels.length < (target?.distinct ?? 0))) {
    return null;
  }

  // Numbers by size, names by their characters' codes, as the server orders them.
  const sorted = learned.length === 0 && target !== undefined && isNumeric(target.type) ? levels.sort((a, b) => Number(a) - Number(b)) : levels.sort();
  return positive !== null && sorted.length === 2 && sorted.includes(positive) ? [...sorted.filter((level) => level !== positive), positive] : sorted;
}

/** Costs that make every mistake alike: where people start from. */
export function evenCosts(count: number): number[][] {
  return Array.from({ length: count }, (_, truth) => Array.from({ length: count }, (__, called) => (truth === called ? 0 : 1)));
}

export function finishProblems(finish: FinishChoices, task: LearningTask | null): string[] {
  const problems: string[] = [];
  const { coverage, costs } = finish;
  if (isClasses(task) && finish.decision === 'costs' && (costs === null || costs.some((line) => line.some((cost) => cost === null || !Number.isFinite(cost))))) {
    problems.push('Give every cost a number.');
  }

  if (coverage !== null && !(coverage >= 1 && coverage <= 99.9)) {
    problems.push('Let intervals or sets cover between 1 and 99.9 % of the rows.');
  }

  return problems;
}

/** The part of a plan that finishes answers; what does not fit the kind of answer is left out. */
export function finishPlan(finish: FinishChoices, task: LearningTask | null): Pick<PlanRequest, 'calibration' | 'decision_metric' | 'costs' | 'intervals' | 'interval_method'> {
  const classes = isClasses(task);
  const covered = finish.coverage !== null && (classes || task === 'regression');
  return {
    calibration: classes ? finish.calibration : null,
    decision_metric: task === 'binary_classification' && finish.decision === 'metric' ? finish.metric : null,
    costs: classes && finish.decision === 'costs' ? (finish.costs?.map((line) => line.map((cost) => cost ?? 0)) ?? null) : null,
    intervals: covered ? Math.round((finish.coverage ?? 0) * 10) / 1000 : null,
    interval_method: covered && finish.method !== null && methodsFor(task).includes(finish.method) ? finish.method : null,
  };
}

/** What holds now, in a few words. */
export function finishSummary(finish: FinishChoices, task: LearningTask | null): string {
  const plan = finishPlan(finish, task);
  const words = [
    plan.calibration ? `probabilities calibrated (${plan.calibration})` : null,
    plan.decision_metric ? `threshold tuned by ${plan.decision_metric}` : null,
    plan.costs ? 'classes called by costs' : null,
    plan.intervals ? `${isClasses(task) ? 'sets of classes' : 'intervals'} that cover ${Number((plan.intervals * 100).toFixed(1))} %` : null,
  ].filter((word) => word !== null);
  const text = words.length === 0 ? (isClasses(task) ? 'Probabilities as they are, and the most probable class is called' : 'One number a row') : words.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
