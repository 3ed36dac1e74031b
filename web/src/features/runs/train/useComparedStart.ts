import { useQuery } from '@tanstack/react-query';
import { queries, type ComparedAlgorithm, type ComparisonView } from '@/api';
import type { FormValue } from './hyperparameters';
import { planChoices } from './planChoices';
import type { TrainStart } from './TrainForm';

/** The form as a comparison left it, for one of its algorithms. */
export function comparedStart(comparison: ComparisonView, algorithm: ComparedAlgorithm): TrainStart & { datasetId: string } {
  return {
    datasetId: comparison.dataset_id,
    settings: new Map(Object.entries(algorithm.hyperparameters).map(([name, value]): [string, FormValue] => [name, settingOf(value)])),
    choices: {
      ...planChoices(comparison.plan),
      preset: comparison.preset,
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
