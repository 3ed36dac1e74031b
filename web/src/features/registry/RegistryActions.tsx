import { Button, Menu, Stack, Textarea } from '@mantine/core';
import { IconArrowBackUp, IconDots, IconPencil, IconStack2, IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { deleteRegisteredModel, describeRegisteredModel, rollBackRegisteredModel, type RegisteredModelView, type RegistryPlace } from '@/api';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { ButtonLink } from '@/components/links';
import { ReasonDialog } from './ReasonDialog';
import { useRegistryChange } from './useRegistryChange';

/** What can be done with a registered model as a whole. */
export function RegistryActions({ model, place }: { model: RegisteredModelView; place: RegistryPlace }) {
  const navigate = useNavigate();
  const [open, setOpen] = useState<'back' | 'describe' | 'delete' | null>(null);
  const close = () => setOpen(null);
  const back = useRegistryChange((reason: string | null) => rollBackRegisteredModel(place, reason), ({ version }) => `Version ${version} is in production again.`, close);
  const remove = useRegistryChange(() => deleteRegisteredModel(place), () => `${model.name} was deleted.`, () => void navigate({ to: '/registry' }));
  return (
    <>
      <ButtonLink to="/register" search={{ name: model.name, project: model.project }} leftSection={<IconStack2 size={16} aria-hidden />}>Register a version</ButtonLink>
      <Button variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => setOpen('back')}>Roll back</Button>
      <Menu position="bottom-end">
        <Menu.Target><Button variant="default" px="xs" aria-label="More actions"><IconDots size={17} /></Button></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setOpen('describe')}>Describe</Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setOpen('delete')}>Delete</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ReasonDialog
        opened={open === 'back'} title={`Roll ${model.name} back?`} confirmLabel="Roll back" busy={back.isPending} error={back.error} onConfirm={(reason) => back.mutate(reason)} onClose={() => { back.reset(); close(); }}
      >
        The version that was in production before comes back, without gates: it has been there. A deployment that is bound to this model serves it in the same step.
      </ReasonDialog>
      {open === 'describe' && <Describe model={model} place={place} onClose={close} />}
      <ConfirmDialog
        opened={open === 'delete'} title={`Delete ${model.name}?`} confirmLabel="Delete" busy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate(undefined)} onClose={() => { remove.reset(); close(); }}
      >
        The name goes with its versions. The stored models, their runs and deployments stay. This cannot be undone.
      </ConfirmDialog>
    </>
  );
}

function Describe({ model, place, onClose }: { model: RegisteredModelView; place: RegistryPlace; onClose: () => void }) {
  const [text, setText] = useState(model.description);
  const save = useRegistryChange(() => describeRegisteredModel(place, text), () => 'The description is saved.', onClose);
  return (
    <ConfirmDialog opened title={`Describe ${model.name}`} confirmLabel="Save" color="indigo" cancelLabel="Leave it" busy={save.isPending} error={save.error} onConfirm={() => save.mutate(undefined)} onClose={onClose}>
      <Stack><Textarea label="What people should know" autosize minRows={3} maxLength={5000} value={text} onChange={(event) => setText(event.currentTarget.value)} /></Stack>
    </ConfirmDialog>
  );
}
