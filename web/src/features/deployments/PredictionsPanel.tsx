import { Badge, Button, Group, NativeSelect, SegmentedControl, Table, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconListSearch } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { queries, recordOutcome, type DeploymentView, type LoggedPrediction } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { formatNumber, formatShare, formatTime, formatValue, shorten } from '@/components/format';
import { LoadingLines } from '@/components/Loading';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';
import { outcomeValue } from './outcomeValue';
import { periods } from './periods';
import { modelTitle } from './words';

const atOnce = 25;

/** What was asked and answered, the newest first, and what turned out to be true. */
export function PredictionsPanel({ deployment }: { deployment: DeploymentView }) {
  const [hours, setHours] = useState('24');
  const logged = useQuery(queries.loggedPredictions(deployment.name, Number(hours)));
  return (
    <Section
      title="Logged predictions" description="The newest 200. What turned out to be true of one can be told here, or by its id with POST …/outcomes; told again, the later outcome counts."
      actions={
        <>
          <Button size="xs" variant="default" loading={logged.isFetching} onClick={() => void logged.refetch()}>Look again</Button>
          <SegmentedControl size="xs" data={periods} value={hours} onChange={setHours} aria-label="How far back" />
        </>
      }
      flush={logged.data !== undefined && logged.data.length > 0}
    >
      {logged.isPending && <LoadingLines lines={6} />}
      {logged.isError && <ProblemNotice error={logged.error} onRetry={() => void logged.refetch()} />}
      {logged.data?.length === 0 && <EmptyState icon={IconListSearch} title="Nothing is logged of this time">{deployment.current.log_share === 0 ? 'This deployment logs no predictions; change that under “Change models”.' : 'A prediction is in the log a moment after it was answered.'}</EmptyState>}
      {logged.data && logged.data.length > 0 && <LogTable deployment={deployment} entries={logged.data} />}
    </Section>
  );
}

function LogTable({ deployment, entries }: { deployment: DeploymentView; entries: readonly LoggedPrediction[] }) {
  const answering = deployment.current.models.find(({ shadow, name }) => !shadow && name !== null);
  const { data: model } = useQuery({ ...queries.model(answering?.model_id ?? ''), enabled: answering !== undefined });
  const [shown, setShown] = useState(atOnce);
  return (
    <>
      <WideTable label="Logged predictions" minWidth={1000}>
        <Table horizontalSpacing={12}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">When</Table.Th><Table.Th scope="col">Prediction</Table.Th><Table.Th scope="col" w="28%">Row</Table.Th><Table.Th scope="col">Model</Table.Th><Table.Th scope="col">User</Table.Th>
              <Table.Th scope="col" ta="end">Took</Table.Th><Table.Th scope="col">What turned out to be true</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>{entries.slice(0, shown).map((entry) => <LogRow key={`${entry.id} ${entry.model_id}`} deployment={deployment} entry={entry} classes={model?.classes ?? []} />)}</Table.Tbody>
        </Table>
      </WideTable>
      {entries.length > shown && <Group justify="center" p="sm"><Button size="xs" variant="default" onClick={() => setShown(shown + 2 * atOnce)}>Show more</Button></Group>}
    </>
  );
}

function LogRow({ deployment, entry, classes }: { deployment: DeploymentView; entry: LoggedPrediction; classes: readonly string[] }) {
  const model = deployment.current.models.find(({ model_id }) => model_id === entry.model_id);
  const most = entry.probabilities.length > 0 ? Math.max(...entry.probabilities) : null;
  const row = Object.entries(entry.row as Record<string, unknown>).map(([name, value]) => `${name} ${value === null ? 'unknown' : typeof value === 'number' ? formatNumber(value, 5) : typeof value === 'object' ? JSON.stringify(value) : String(value)}`).join(', ');
  return (
    <Table.Tr>
      <Table.Td><Text span size="sm" c="dimmed">{formatTime(entry.at)}</Text></Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}><strong>{formatValue(entry.prediction)}</strong>{most !== null && <Text span size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}> {formatShare(most)}</Text>}</Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere', maxWidth: 320 }}><Text span size="sm" title={row.length > 90 ? row.slice(0, 2000) : undefined}>{shorten(row, 90)}</Text></Table.Td>
      <Table.Td>{model ? modelTitle(model) : <Text span c="dimmed" size="sm">served before</Text>}{entry.shadow && <> <Badge size="sm" color="gray">Shadow</Badge></>}</Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{entry.user_id === null ? <Text span c="dimmed">{'\u2013'}</Text> : shorten(entry.user_id, 30)}</Table.Td>
      <Table.Td ta="end" style={{ whiteSpace: 'nowrap' }}>{formatNumber(entry.milliseconds, 3)} ms</Table.Td>
      <Table.Td>{entry.shadow ? <Text span size="sm" c="dimmed">as told of the answer</Text> : <OutcomeForm name={deployment.name} entry={entry} classes={classes} />}</Table.Td>
    </Table.Tr>
  );
}

function OutcomeForm({ name, entry, classes }: { name: string; entry: LoggedPrediction; classes: readonly string[] }) {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const tell = useMutation({
    mutationFn: () => recordOutcome(name, entry.id, outcomeValue(text, entry.prediction)),
    onSuccess: async ({ recorded }) => {
      notifications.show(recorded === 0 ? { color: 'red', message: 'The log does not hold this prediction any more.' } : { message: 'The outcome is recorded.' });
      await client.invalidateQueries({ queryKey: ['deployments', name, 'performance'] });
    },
  });
  const wrong = tell.isError ? (tell.error instanceof Error ? tell.error.message : 'It was refused.') : null;
  const shared = { size: 'xs', w: 120, 'aria-label': `Outcome of the prediction ${entry.id}`, error: wrong, value: text } as const;
  const take = (next: string) => {
    setText(next);
    tell.reset();
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); tell.mutate(); }}>
      <Group gap={6} wrap="nowrap" align="start">
        {typeof entry.prediction === 'string' && classes.length > 0
          ? <NativeSelect {...shared} data={['', ...classes]} onChange={(event) => take(event.currentTarget.value)} />
          : <TextInput {...shared} placeholder={typeof entry.prediction === 'number' ? 'a number' : 'a class'} autoComplete="off" onChange={(event) => take(event.currentTarget.value)} />}
        <Button size="xs" type="submit" variant="default" disabled={text.trim() === ''} loading={tell.isPending} aria-label={`Tell the outcome of the prediction ${entry.id}`}>Tell</Button>
      </Group>
    </form>
  );
}
