import { Button, Group, Modal, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries, startCanary, type DeploymentView } from '@/api';
import { modelLabel } from '@/components/modelLabel';
import { ProblemNotice } from '@/components/ProblemNotice';
import { ShareInput } from './ShareInput';
import { useDeploymentChange } from './useDeploymentChange';

/** The trial of a new model with a small part of the traffic. */
export function CanaryDialog({ deployment, onClose }: { deployment: DeploymentView; onClose: () => void }) {
  const { data: models } = useQuery(queries.models());
  const [modelId, setModelId] = useState<string | null>(null);
  const [share, setShare] = useState(0.05);
  const [minutes, setMinutes] = useState<number>(60);
  const [leastRequests, setLeastRequests] = useState(100);
  const [mostFailures, setMostFailures] = useState(0.01);
  const [mostSlowdown, setMostSlowdown] = useState(3);
  const [note, setNote] = useState('');
  const serving = new Set(deployment.current.models.filter(({ shadow }) => !shadow).map(({ model_id }) => model_id));
  const start = useDeploymentChange(
    () => startCanary(deployment.name, {
      model_id: modelId!, share, minutes, least_requests: leastRequests, most_failures: mostFailures, most_slowdown: mostSlowdown, note: note.trim() === '' ? null : note.trim(),
    }),
    () => 'The trial has started.', onClose);
  const number = (take: (value: number) => void) => (value: string | number) => typeof value === 'number' && take(value);
  return (
    <Modal opened onClose={onClose} size="lg" title={<Text fw={600}>Try a new model in {deployment.name}</Text>} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={(event) => { event.preventDefault(); start.mutate(undefined); }}>
        <Stack>
          <Text size="sm" c="dimmed">It answers a small part of the traffic. When the time is over it gets all of it; it is taken back as soon as it is seen to fail more, to be slower, or to be wrong more often.</Text>
          <Select
            label="Model" placeholder="Choose a model" required searchable value={modelId} onChange={setModelId} nothingFoundMessage="No other model has that name"
            data={(models?.items ?? []).filter(({ id }) => !serving.has(id)).map((one) => ({ value: one.id, label: modelLabel(one) }))}
          />
          <Group grow align="start">
            <ShareInput label="Part of the traffic" share={share} least={0.001} most={0.99} onShare={setShare} />
            <NumberInput label="Minutes" min={1} max={525_600} value={minutes} onChange={number(setMinutes)} />
          </Group>
          <Group grow align="start">
            <ShareInput label="Failures may rise by" share={mostFailures} onShare={setMostFailures} />
            <NumberInput label="Times as slow at most" description="By the 95th percentile." min={1} step={0.5} value={mostSlowdown} onChange={number(setMostSlowdown)} inputWrapperOrder={['label', 'input', 'description']} />
            <NumberInput label="Judged after requests" min={1} value={leastRequests} onChange={number(setLeastRequests)} />
          </Group>
          <TextInput label="Why" description="For the history; may stay empty." maxLength={1000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          {start.isError && <ProblemNotice error={start.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" disabled={modelId === null} loading={start.isPending}>Start the trial</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
