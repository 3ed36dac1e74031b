import type { ModelView, OmicsEnsembleRequest } from '@/api';

export type CombinationMethod = 'voting' | 'stacking' | 'blending';

/** What a person chooses of an ensemble of models. */
export interface CombinationChoices {
  models: readonly string[];
  datasetId: string | null;
  method: CombinationMethod;
  vote: 'soft' | 'hard' | 'log_odds';
  /** By model; 1 where nothing was said. */
  weights: ReadonlyMap<string, number>;
  metaLearner: string | null;
  name: string;
}

export const methodWords: Record<CombinationMethod, { label: string; meaning: string }> = {
  voting: { label: 'Vote', meaning: 'Their answers are averaged. Nothing is learned, so that few rows are enough.' },
  stacking: { label: 'Stack', meaning: 'A small model learns from all new rows how much to trust each; it is tested by others like it that had not seen them.' },
  blending: { label: 'Blend', meaning: 'A small model learns from half of the new rows how much to trust each, and is tested on the other half.' },
};

/** Ids as the address has them. */
export function readModels(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(',').filter((id) => id !== ''))];
}

/** Models that can be combined with the first chosen one: they answer the same question. */
export function combinable(models: readonly ModelView[], chosen: readonly string[]): ModelView[] {
  const able = models.filter(({ task }) => task !== 'clustering' && task !== 'outlier_detection');
  const first = able.find(({ id }) => id === chosen[0]);
  return first === undefined ? able : able.filter((one) => one.target === first.target && one.task === first.task && one.classes.join('\n') === first.classes.join('\n'));
}

/** Why it cannot start yet; empty when it can. */
export function missingForCombination({ models, datasetId, method, weights }: CombinationChoices): string[] {
  const shares = models.map((id) => weights.get(id) ?? 1);
  return [
    ...(models.length < 2 ? ['Choose at least two models.'] : []),
    ...(datasetId === null ? ['Choose rows whose answers are known.'] : []),
    ...(method === 'voting' && models.length > 0 && !shares.some((share) => share > 0) ? ['Give at least one model a weight above 0.'] : []),
  ];
}

export function combinationRequest({ models, datasetId, method, vote, weights, metaLearner, name }: CombinationChoices): OmicsEnsembleRequest {
  const shares = models.map((id) => weights.get(id) ?? 1);
  return {
    dataset_id: datasetId ?? '',
    model_ids: [...models],
    method,
    ...(method === 'voting' && vote !== 'soft' && { voting: vote }),
    ...(method === 'voting' && shares.some((share) => share !== shares[0]) && { weights: shares }),
    ...(method !== 'voting' && metaLearner !== null && { meta_learner: metaLearner }),
    ...(name.trim() !== '' && { name: name.trim() }),
  };
}
