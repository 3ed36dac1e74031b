import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { notifications } from '@mantine/notifications';
import { deleteDataset, type DatasetView } from '@/api';
import { ConfirmDialog } from '@/components/ConfirmDialog';

export function DeleteDataset({ dataset, opened, onClose }: { dataset: DatasetView; opened: boolean; onClose: () => void }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteDataset(dataset.id),
    onSuccess: async () => {
      notifications.show({ message: `${dataset.name} was deleted.` });
      await navigate({ to: '/datasets' });
      client.removeQueries({ queryKey: ['datasets', dataset.id] });
      await client.invalidateQueries({ queryKey: ['datasets'] });
    },
  });
  return (
    <ConfirmDialog
      opened={opened} title={`Delete ${dataset.name}?`} confirmLabel="Delete" busy={remove.isPending} error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={() => { remove.reset(); onClose(); }}
    >
      The stored table and its original file are deleted from this server. Runs and models that came of it stay. This cannot be undone.
    </ConfirmDialog>
  );
}
