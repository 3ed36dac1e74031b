import { Badge, Button, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries, type RegistryChange, type RegistryPlace } from '@/api';
import { formatTime } from '@/components/format';
import { LoadingLines } from '@/components/Loading';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';
import { GateOutcomes } from './GateOutcomes';
import { changedText, happening } from './words';
import classes from './RegisteredModelPage.module.css';

/** All that has happened to a registered model, and what was in production at any time. */
export function HistoryPanel({ place }: { place: RegistryPlace }) {
  const history = useQuery(queries.registryHistory(place));
  return (
    <div className={classes.stack}>
      <ProductionThen place={place} />
      <Section title="History" description="Entries are only ever added." flush={history.isSuccess}>
        {history.isPending && <LoadingLines lines={5} />}
        {history.isError && <ProblemNotice error={history.error} onRetry={() => void history.refetch()} />}
        {history.data && (
          <WideTable label="History" minWidth={680}>
            <Table>
              <Table.Thead><Table.Tr><Table.Th scope="col">When</Table.Th><Table.Th scope="col">What</Table.Th><Table.Th scope="col">Version</Table.Th><Table.Th scope="col">Change</Table.Th><Table.Th scope="col">By</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>{history.data.items.map((change) => <ChangeRow key={change.sequence} change={change} />)}</Table.Tbody>
            </Table>
          </WideTable>
        )}
      </Section>
    </div>
  );
}

function ChangeRow({ change }: { change: RegistryChange }) {
  const [opened, setOpened] = useState(false);
  const { label, color } = happening(change.what);
  const { promotion } = change;
  const [before, after] = [changedText(change.before), changedText(change.after)];
  return (
    <Table.Tr>
      <Table.Td style={{ verticalAlign: 'top' }}><Text span size="sm" c="dimmed">{formatTime(change.at)}</Text></Table.Td>
      <Table.Td style={{ verticalAlign: 'top' }}><Badge color={color}>{label}</Badge></Table.Td>
      <Table.Td style={{ verticalAlign: 'top' }}>{change.version ?? '\u2013'}</Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere', maxWidth: 480 }}>
        {(before !== null || after !== null) && <Text size="sm">{before === null ? after : after === null ? `no longer ${before}` : `${before} \u2192 ${after}`}</Text>}
        {change.note && <Text size="sm" c="dimmed">{change.note}</Text>}
        {promotion?.forced && <Text size="sm" c="var(--caution)">Gates were passed over: {promotion.forced}</Text>}
        {promotion?.deployment && <Text size="sm" c="dimmed">Served by {promotion.deployment}{promotion.revision !== null && `, revision ${promotion.revision}`}</Text>}
        {promotion && promotion.gates.length > 0 && (
          <>
            <Button size="compact-xs" variant="subtle" mt={4} aria-expanded={opened} onClick={() => setOpened(!opened)}>{opened ? 'Hide the gates' : 'What the gates said'}</Button>
            {opened && <GateOutcomes outcomes={promotion.gates} />}
          </>
        )}
      </Table.Td>
      <Table.Td style={{ verticalAlign: 'top', overflowWrap: 'anywhere' }}>{change.by ?? <Text span size="sm" c="dimmed">nobody said</Text>}</Table.Td>
    </Table.Tr>
  );
}

function ProductionThen({ place }: { place: RegistryPlace }) {
  const [text, setText] = useState('');
  const time = text === '' ? Number.NaN : Date.parse(text);
  const asked = Number.isNaN(time) ? null : new Date(time).toISOString();
  const then = useQuery({ ...queries.productionAt(place, asked ?? ''), enabled: asked !== null });
  return (
    <Section title="What was in production?">
      <TextInput type="datetime-local" label="At this time" maw={260} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <Text size="sm" mt="sm" role="status">
        {asked !== null && then.data && (then.data.versions.length === 0
          ? 'Nothing was.'
          : then.data.versions.map(({ version, since, by }) => `Version ${version}, since ${formatTime(since)}${by ? `, brought there by ${by}` : ''}.`).join(' '))}
      </Text>
      {then.isError && <ProblemNotice error={then.error} mt="sm" />}
    </Section>
  );
}
