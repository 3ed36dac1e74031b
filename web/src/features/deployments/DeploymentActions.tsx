import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAdjustments, IconArrowBackUp, IconBinaryTree, IconDots, IconFlask2, IconTestPipe, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { deleteDeployment, rollBackDeployment, type DeploymentView } from '@/api';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { MenuLink } from '@/components/links';
import { CanaryDialog } from './CanaryDialog';
import { useDeploymentChange } from './useDeploymentChange';
import { WeightsDialog } from './WeightsDialog';

/** What can be done with a deployment as a whole. */
export function DeploymentActions({ deployment }: { deployment: DeploymentView }) {
  const [open, setOpen] = useState<'weights' | 'canary' | 'back' | 'delete' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Button leftSection={<IconTestPipe size={16} aria-hidden />} onClick={() => setOpen('canary')}>Try a new model</Button>
      <Button variant="default" leftSection={<IconAdjustments size={16} aria-hidden />} onClick={() => setOpen('weights')}>Change models</Button>
      <Menu position="bottom-end">
        <Menu.Target><Button variant="default" px="xs" aria-label="More actions"><IconDots size={17} /></Button></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconArrowBackUp size={16} />} disabled={deployment.current.revision === 1} onClick={() => setOpen('back')}>Roll back</Menu.Item>
          <MenuLink to="/start-ab-test" search={{ deployment: deployment.name }} leftSection={<IconFlask2 size={16} />}>Start an A/B test</MenuLink>
          <MenuLink to="/lineage" search={{ kind: 'deployment', id: deployment.name }} leftSection={<IconBinaryTree size={16} />}>Lineage</MenuLink>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setOpen('delete')}>Delete</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'weights' && <WeightsDialog deployment={deployment} onClose={close} />}
      {open === 'canary' && <CanaryDialog deployment={deployment} onClose={close} />}
      <RollBack deployment={deployment} opened={open === 'back'} onClose={close} />
      <Delete name={deployment.name} opened={open === 'delete'} onClose={close} />
    </>
  );
}

function RollBack({ deployment, opened, onClose }: { deployment: DeploymentView; opened: boolean; onClose: () => void }) {
  const back = useDeploymentChange(() => rollBackDeployment(deployment.name, null), ({ current }) => `Rolled back; it is revision ${current.revision} now.`, onClose);
  return (
    <ConfirmDialog
      opened={opened} title={`Roll ${deployment.name} back?`} confirmLabel="Roll back" color="indigo" cancelLabel="Leave it" busy={back.isPending} error={back.error}
      onConfirm={() => back.mutate(undefined)} onClose={() => { back.reset(); onClose(); }}
    >
      It serves again what it served before the last change. The history keeps both; to go back further, choose a revision there.
    </ConfirmDialog>
  );
}

function Delete({ name, opened, onClose }: { name: string; opened: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => deleteDeployment(name),
    onSuccess: async () => {
      notifications.show({ message: `${name} was deleted.` });
      await navigate({ to: '/deployments' });
      client.removeQueries({ queryKey: ['deployments', name] });
      await client.invalidateQueries({ queryKey: ['deployments'] });
    },
  });
  return (
    <ConfirmDialog
      opened={opened} title={`Delete ${name}?`} confirmLabel="Delete" busy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()} onClose={() => { remove.reset(); onClose(); }}
    >
      Programs that ask this name get an error from then on. Its history, its log of predictions and its outcomes are deleted with it; the models stay. This cannot be undone.
    </ConfirmDialog>
  );
}
