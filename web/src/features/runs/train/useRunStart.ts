import { useQuery } from '@tanstack/react-query';
import { isTrained, queries, type TrainedRun } from '@/api';
import type { FormValue } from './hyperparameters';
import { planChoices } from './planChoices';
import type { TrainStart } from './TrainForm';
import { usualTuning } from './trainPlan';

/** The form as a run was started from it. */
export function runStart({ dataset_id, name, preset, plan, job }: TrainedRun): TrainStart & { datasetId: string } {
  const shared = planChoices(plan);
  return {
    datasetId: dataset_id,
    settings: new Map(Object.entries(plan.hyperparameters).map(([setting, value]): [string, FormValue] => [setting, inputOf(value)])),
    choices: {
      ...shared,
      preset,
      finish: { ...shared.finish, coverage: plan.intervals ? Math.round(plan.intervals * 100) : null, method: plan.interval_method ?? null },
      algorithm: plan.algorithm,
      testPercent: Math.round(plan.test_size * 100),
      metrics: plan.metrics ?? [],
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
  return { query, start: query.data && isTrained(query.data) ? runStart(query.data) : undefined };
}
