import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';

/** A change in the registry: said when it is done, and everything that may hang on it is asked for again. */
export function useRegistryChange<TAsked, TDone>(change: (asked: TAsked) => Promise<TDone>, said: (done: TDone) => string, onDone?: () => void) {
  const client = useQueryClient();
  const refresh = () => Promise.all([client.invalidateQueries({ queryKey: ['registry'] }), client.invalidateQueries({ queryKey: ['deployments'] })]);
  return useMutation({
    mutationFn: change,
    onSuccess: async (done) => {
      onDone?.();
      notifications.show({ message: said(done) });
      await refresh();
    },
    // A refused promotion stands in the history.
    onError: refresh,
  });
}
