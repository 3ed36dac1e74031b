import type { ComparisonRequest, LearningTask, PresetView, StepView } from '@/api';
import { finishPlan, finishProblems } from '../train/finish';
import { sharedPlan, tableProblems, type TrainChoices } from '../train/trainPlan';

/** What a comparison has beside the choices of a training. */
export interface CompareChoices {
  algorithms: readonly string[];
  folds: number;
  /** Null for the usual one of the kind of answer. */
  metric: string | null;
  /** Minutes that all may take together; null for no limit. */
  minutes: number | null;
}

export const usualFolds = 5;

/** The metric that is meant when nobody names one. */
export function usualMetric(task: LearningTask | null): string {
  return task === 'regression' ? 'rmse' : 'log_loss';
}

/** Everything that keeps the comparison from starting, in the order of the page. */
export function missingForComparison(choices: TrainChoices, compare: CompareChoices, columns: readonly string[], preset: PresetView | null, steps: readonly StepView[], task: LearningTask | null): string[] {
  const problems = [...tableProblems(choices, columns, preset, steps), ...finishProblems(choices.finish, task)];
  if (compare.algorithms.length === 0) {
    problems.push('Tick at least one algorithm.');
  }

  if (!(compare.folds >= 2 && compare.folds <= 100)) {
    problems.push('Split the rows into 2 to 100 folds.');
  }

  return problems;
}

export function comparisonRequest(
  datasetId: string, choices: TrainChoices, compare: CompareChoices, columns: readonly string[], preset: PresetView | null, steps: readonly StepView[], task: LearningTask | null,
): ComparisonRequest {
  const { calibration, decision_metric, costs } = finishPlan(choices.finish, task);
  return {
    dataset_id: datasetId,
    preset: preset?.name ?? null,
    name: choices.name.trim() === '' ? null : choices.name.trim(),
    plan: { ...sharedPlan(choices, columns, preset, steps), calibration, decision_metric, costs },
    algorithms: [...compare.algorithms],
    folds: compare.folds,
    metric: compare.metric,
    time_limit: compare.minutes === null ? null : compare.minutes * 60,
  };
}
