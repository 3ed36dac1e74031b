import { useMutation, useQueryClient } from '@tanstack/react-query';
import { queries, type LogInView } from '@/api';

/** Lets somebody in: what an earlier user has seen is forgotten, and the page appears. */
export function useEnter<T>(enter: (values: T) => Promise<LogInView>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: enter,
    onSuccess: (session) => {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
      client.setQueryData(queries.session().queryKey, session);
    },
  });
}
