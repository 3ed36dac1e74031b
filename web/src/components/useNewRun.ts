import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';

/** Starts what makes a run, and goes to its page; the lists of runs and jobs are read anew. */
export function useNewRun<Asked = void>(start: (asked: Asked) => Promise<string | null>) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: start,
    onSuccess: async (runId) => {
      void client.invalidateQueries({ queryKey: ['runs'], exact: true });
      void client.invalidateQueries({ queryKey: ['jobs'], exact: true });
      if (runId !== null) {
        await navigate({ to: '/runs/$runId', params: { runId } });
      }
    },
  });
}
