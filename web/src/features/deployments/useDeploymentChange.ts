import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DeploymentView } from '@/api';

/** A change of what a deployment serves: said when it is done, and everything about the deployment is asked for again. */
export function useDeploymentChange<T>(change: (asked: T) => Promise<DeploymentView>, said: (changed: DeploymentView) => string, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (changed) => {
      onDone();
      notifications.show({ message: said(changed) });
      await client.invalidateQueries({ queryKey: ['deployments'] });
    },
  });
}
