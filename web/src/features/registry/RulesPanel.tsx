import { ActionIcon, Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries, setPromotionRules, type GateKind, type GateView, type RegisteredModelView, type RegistryPlace } from '@/api';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { gateKinds } from './words';
import { useRegistryChange } from './useRegistryChange';

const kinds = Object.entries(gateKinds).map(([value, { label }]) => ({ value, label }));

/** What a version has to meet before it goes into production, and where it is served then. */
export function RulesPanel({ model, place }: { model: RegisteredModelView; place: RegistryPlace }) {
  const [deployment, setDeployment] = useState(model.rules.deployment ?? '');
  const [approvals, setApprovals] = useState(model.rules.approvals);
  const [gates, setGates] = useState<readonly GateView[]>(model.rules.gates);
  const save = useRegistryChange(
    () => setPromotionRules(place, { deployment: deployment.trim() === '' ? null : deployment.trim(), approvals, gates: gates.map(({ kind, metric, bound }) => ({ kind, metric: gateKinds[kind].hasMetric ? (metric ?? null) : null, bound: gateKinds[kind].bound === null ? null : (bound ?? null) })) }),
    () => 'The rules are set.');
  const change = (index: number, next: Partial<GateView>) => setGates(gates.map((gate, at) => (at === index ? { ...gate, ...next } : gate)));
  return (
    <Section title="Rules of promotion" description="They hold for every version that goes into production from now on. An administrator of the project sets them.">
      <form onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
        <Stack>
          <TextInput
            label="Deployment" description="It serves what is in production, in the same step as a promotion; made when missing. Empty for none." maw={420} maxLength={100} pattern="[A-Za-z0-9._\-]*" autoComplete="off"
            value={deployment} onChange={(event) => setDeployment(event.currentTarget.value)}
          />
          <NumberInput label="Approvals" description="Of people other than the one that promotes." min={0} max={100} maw={220} value={approvals} onChange={(value) => typeof value === 'number' && setApprovals(value)} />
          <Text fw={500} size="sm" mt="xs">Gates</Text>
          {gates.length === 0 && <Text size="sm" c="dimmed">None: every version may go into production.</Text>}
          {gates.map((gate, index) => <GateFields key={index} number={index + 1} gate={gate} onChange={(next) => change(index, next)} onRemove={() => setGates(gates.filter((_, at) => at !== index))} />)}
          <Button variant="default" size="xs" leftSection={<IconPlus size={15} aria-hidden />} style={{ alignSelf: 'start' }} onClick={() => setGates([...gates, { kind: 'metric_floor', metric: 'accuracy', bound: 0.9 }])}>Add a gate</Button>
          {save.isError && <ProblemNotice error={save.error} />}
          <Button type="submit" loading={save.isPending} style={{ alignSelf: 'start' }}>Set the rules</Button>
        </Stack>
      </form>
    </Section>
  );
}

function GateFields({ number, gate, onChange, onRemove }: { number: number; gate: GateView; onChange: (next: Partial<GateView>) => void; onRemove: () => void }) {
  const { data: metrics } = useQuery(queries.metrics());
  const { hasMetric, bound, hint } = gateKinds[gate.kind];
  const usual = (kind: GateKind) => ({ latency: 10, drift: 0.25, calibration_error: 0.1, not_worse: 0 } as Partial<Record<GateKind, number>>)[kind] ?? 0.9;
  return (
    <Group align="end" gap="sm" wrap="wrap">
      <Select label={`Gate ${number}`} description={hint} w={300} data={kinds} value={gate.kind} onChange={(kind) => onChange({ kind: (kind ?? 'metric_floor') as GateKind, bound: usual((kind ?? 'metric_floor') as GateKind), metric: gate.metric ?? 'accuracy' })} />
      {hasMetric && (
        <Select
          label={`Metric of gate ${number}`} w={220} searchable value={gate.metric ?? null} onChange={(metric) => onChange({ metric })} nothingFoundMessage="No metric has that name"
          data={[...new Map([...(metrics ?? []).map(({ name, title }) => [name, title] as const), ...(gate.metric && !metrics?.some(({ name }) => name === gate.metric) ? [[gate.metric, gate.metric] as const] : [])])].map(([value, label]) => ({ value, label }))}
        />
      )}
      {bound !== null && <NumberInput label={`${bound}, gate ${number}`} w={170} step={0.01} decimalScale={6} value={gate.bound ?? ''} onChange={(value) => onChange({ bound: typeof value === 'number' ? value : null })} />}
      <ActionIcon variant="subtle" color="gray" size="lg" mb={2} aria-label={`Remove gate ${number}`} onClick={onRemove}><IconTrash size={16} /></ActionIcon>
    </Group>
  );
}
