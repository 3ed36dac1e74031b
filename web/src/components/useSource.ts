import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { hasEnded, ProblemError, queries, startSource, type JobView } from '@/api';

/** Starts a source's job and follows it until its dataset is there. */
export function useSource(onReady: (datasetId: string) => void) {
  const client = useQueryClient();
  const [source, setSource] = useState<string | null>(null);
  const [jobId, setJobId] = useState<string | null>(null);
  const start = useMutation({
    mutationFn: startSource,
    onSuccess: (job) => {
      setJobId(job.id);
      void client.invalidateQueries({ queryKey: ['jobs'], exact: true });
    },
  });
  const { data: job } = useQuery({ ...queries.job(jobId ?? ''), enabled: jobId !== null });
  const datasetId = job?.status === 'completed' ? madeDataset(job) : null;

  const told = useRef<string | null>(null);
  useEffect(() => {
    if (datasetId !== null && told.current !== datasetId) {
      told.current = datasetId;
      void client.invalidateQueries({ queryKey: ['datasets'] });
      onReady(datasetId);
    }
  }, [datasetId, client, onReady]);

  const failed = job && hasEnded(job.status) && job.status !== 'completed'
    ? new ProblemError(job.status === 'cancelled' ? 'That was cancelled' : 'The table could not be fetched', -1, job.error ?? 'The job ended without saying why. Its log may say more.')
    : null;
  return {
    source,
    busy: start.isPending || (jobId !== null && failed === null && datasetId === null),
    job: jobId === null ? null : (job ?? null),
    error: start.error ?? failed,
    start: (name: string) => {
      setSource(name);
      setJobId(null);
      start.mutate(name);
    },
  };
}

export function madeDataset(job: JobView): string | null {
  const result = job.result as { dataset_id?: unknown } | null;
  return typeof result?.dataset_id === 'string' ? result.dataset_id : null;
}
