import { ActionIcon, Button, Checkbox, Group, Modal, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { changeDeployment, queries, type DeploymentView } from '@/api';
import { formatShare } from '@/components/format';
import { modelLabel } from '@/components/modelLabel';
import { ProblemNotice } from '@/components/ProblemNotice';
import { ShareInput } from './ShareInput';
import { shares, type Weighted } from './shares';
import { useDeploymentChange } from './useDeploymentChange';
import { modelTitle } from './words';

/** All models of a deployment with their weights, changed at once. */
export function WeightsDialog({ deployment, onClose }: { deployment: DeploymentView; onClose: () => void }) {
  const { current } = deployment;
  const { data: models } = useQuery(queries.models());
  const [chosen, setChosen] = useState<Weighted[]>(current.models.map(({ model_id, weight, shadow, name, version }) => ({ model_id, weight, shadow, title: modelTitle({ name, version }) })));
  const [logShare, setLogShare] = useState(current.log_share);
  const [note, setNote] = useState('');
  const change = useDeploymentChange(
    () => changeDeployment(deployment.name, { models: chosen.map(({ model_id, weight, shadow }) => ({ model_id, weight, shadow })), log_share: logShare, note: note.trim() === '' ? null : note.trim() }),
    ({ name, current: { revision } }) => `${name} serves revision ${revision} now.`, onClose);
  const parts = shares(chosen);
  const answers = chosen.some(({ shadow, weight }) => !shadow && weight > 0);
  const set = (index: number, next: Partial<Weighted>) => setChosen(chosen.map((one, place) => (place === index ? { ...one, ...next } : one)));
  return (
    <Modal opened onClose={onClose} size="lg" title={<Text fw={600}>Change what {deployment.name} serves</Text>} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={(event) => { event.preventDefault(); change.mutate(undefined); }}>
        <Stack>
          <Text size="sm" c="dimmed">Weights are relative to one another. A shadow is asked beside the others; its answers are logged and never given.{current.canary && ' Saving ends the trial that is running.'}</Text>
          {chosen.map((model, index) => (
            <Group key={model.model_id} align="end" gap="sm" wrap="wrap">
              <NumberInput label={`Weight of ${model.title}`} min={0} step={1} w={200} disabled={model.shadow} value={model.weight} onChange={(value) => typeof value === 'number' && set(index, { weight: value })} />
              <Text size="sm" w={70} pb={8} c="dimmed">{model.shadow ? 'shadow' : formatShare(parts[index], 1)}</Text>
              <Checkbox label="Shadow" pb={9} checked={model.shadow} onChange={(event) => set(index, { shadow: event.currentTarget.checked, weight: event.currentTarget.checked ? model.weight : model.weight || 1 })} aria-label={`${model.title} is a shadow`} />
              <ActionIcon variant="subtle" color="gray" size="lg" mb={2} aria-label={`Take ${model.title} out`} onClick={() => setChosen(chosen.filter((_, place) => place !== index))}><IconTrash size={16} /></ActionIcon>
            </Group>
          ))}
          <Select
            label="Add a model" placeholder="Choose a model" searchable value={null} maw={420} nothingFoundMessage="No other model has that name"
            data={(models?.items ?? []).filter(({ id }) => !chosen.some(({ model_id }) => model_id === id)).map((one) => ({ value: one.id, label: modelLabel(one) }))}
            onChange={(id) => {
              const model = models?.items.find((one) => one.id === id);
              if (model) {
                setChosen([...chosen, { model_id: model.id, weight: 1, shadow: false, title: modelTitle(model) }]);
              }
            }}
          />
          <ShareInput label="Predictions to log" share={logShare} onShare={setLogShare} />
          <TextInput label="Why" description="For the history; may stay empty." maxLength={1000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          {!answers && <Text size="sm" c="var(--caution)">At least one model must answer: with a weight above 0, and no shadow.</Text>}
          {change.isError && <ProblemNotice error={change.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" disabled={!answers} loading={change.isPending}>Serve this from now on</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
