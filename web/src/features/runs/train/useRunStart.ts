import { useQuery } from '@tanstack/react-query';
import { queries, type RunView } from '@/api';
import { calibrations, usualFinish } from './finish';
import type { FormValue } from './hyperparameters';
import { preparationChoices } from './preparation';
import type { TrainStart } from './TrainForm';
import { usualTuning } from './trainPlan';

/** The form as a run was started from it. */
export function runStart({ dataset_id, name, preset, plan, job }: RunView): TrainStart & { datasetId: string } {
  return {
    datasetId: dataset_id,
    settings: new Map(Object.entries(plan.hyperparameters).map(([setting, value]): [string, FormValue] => [setting, inputOf(value)])),
    choices: {
      preset,
      target: plan.target,
      kind: plan.task,
      positiveClass: plan.positive_class,
      dropped: new Set(plan.drop),
      group: plan.group,
      time: plan.time,
      weight: plan.weight,
      preparation: preparationChoices(plan.preparation ?? null),
      finish: {
        ...usualFinish,
        calibration: calibrations.find(({ value }) => value === plan.calibration)?.value ?? null,
        decision: plan.costs ? 'costs' : plan.decision_metric ? 'metric' : 'probable',
        metric: plan.decision_metric ?? usualFinish.metric,
        costs: plan.costs ?? null,
        coverage: plan.intervals ? Math.round(plan.intervals * 100) : null,
        method: plan.interval_method ?? null,
      },
      algorithm: plan.algorithm,
      testPercent: Math.round(plan.test_size * 100),
      metrics: plan.metrics ?? [],
      seed: plan.seed,
      threads: plan.threads,
      tuning: job.kind === 'tune' ? usualTuning : null,
      name,
    },
  };
}

/** Fields hold switches and lists as they are and everything else as text. */
function inputOf(value: unknown): FormValue {
  if (Array.isArray(value)) {
    return value.map(String);
  }

  return typeof value === 'boolean' || typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
}

/** What the train page starts from when it was opened from a run. */
export function useRunStart(runId: string | undefined) {
  const query = useQuery({ ...queries.run(runId ?? ''), enabled: runId !== undefined });
  return { query, start: query.data && runStart(query.data) };
}
