import { useQuery } from '@tanstack/react-query';
import { queries, type OmicsExplanationRequest } from '@/api';
import { LoadingBlock } from '@/components/Loading';
import { ProblemNotice } from '@/components/ProblemNotice';

/** An answer of the model, and what to show until it is there; nothing is asked for null. */
export function useExplanation(modelId: string, asked: OmicsExplanationRequest | null) {
  const told = useQuery({ ...queries.modelExplanation(modelId, asked ?? { method: '' }), enabled: asked !== null });
  const waiting = told.isError ? <ProblemNotice error={told.error} onRetry={() => void told.refetch()} /> : asked !== null && told.isPending ? <LoadingBlock height={220} /> : null;
  return { told: told.data, waiting };
}
