import { useQuery } from '@tanstack/react-query';
import { queries, type ComparedAlgorithm, type ComparisonView } from '@/api';
import { calibrations, usualFinish } from './finish';
import type { FormValue } from './hyperparameters';
import { preparationChoices } from './preparation';
import type { TrainStart } from './TrainForm';

/** The form as a comparison left it, for one of its algorithms. */
export function comparedStart(comparison: ComparisonView, algorithm: ComparedAlgorithm): TrainStart & { datasetId: string } {
  const { plan } = comparison;
  return {
    datasetId: comparison.dataset_id,
    settings: new Map(Object.entries(algorithm.hyperparameters).map(([name, value]): [string, FormValue] => [name, settingOf(value)])),
    choices: {
      preset: comparison.preset,
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
      },
      seed: plan.seed,
      threads: plan.threads,
      algorithm: algorithm.algorithm,
    },
  };
}

/** A comparison has settings as text, as on a command line. */
function settingOf(value: unknown): FormValue {
  const text = String(value);
  return text === 'true' ? true : text === 'false' ? false : text;
}

/** What the train page starts from when it was opened from a comparison. */
export function useComparedStart(comparisonId: string | undefined, name: string | undefined) {
  const enabled = comparisonId !== undefined && name !== undefined;
  const comparison = useQuery({ ...queries.comparison(comparisonId ?? ''), enabled });
  const result = useQuery({ ...queries.comparisonResult(comparisonId ?? ''), enabled });
  const algorithm = result.data?.algorithms.find((one) => one.name === name);
  return {
    query: comparison.isError || comparison.isLoading ? comparison : result,
    start: comparison.data && algorithm ? comparedStart(comparison.data, algorithm) : undefined,
  };
}
