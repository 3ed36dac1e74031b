import { Checkbox, Progress, Table, Text, VisuallyHidden } from '@mantine/core';
import { hasEnded, runStatus, runTimes, type RunView } from '@/api';
import { formatAgo, formatDuration, humanize } from '@/components/format';
import { TextLink } from '@/components/links';
import { formatMetric, mainMetric, metricTitle } from '@/components/metricWords';
import { RunBadge } from '@/components/RunBadge';
import { WideTable } from '@/components/WideTable';

interface RunTableProps {
  runs: readonly RunView[];
  label: string;
  chosen: ReadonlySet<string>;
  onChoose: (id: string, isChosen: boolean) => void;
}

/** Runs with what came of them, to be chosen for a comparison. */
export function RunTable({ runs, label, chosen, onChoose }: RunTableProps) {
  return (
    <WideTable label={label} minWidth={880}>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" w={20} pe={0}><VisuallyHidden>Compare</VisuallyHidden></Table.Th>
            <Table.Th scope="col">Run</Table.Th>
            <Table.Th scope="col" miw={130}>Status</Table.Th>
            <Table.Th scope="col">Result</Table.Th>
            <Table.Th scope="col">Predicts</Table.Th>
            <Table.Th scope="col">Algorithm</Table.Th>
            <Table.Th scope="col" ta="end">Took</Table.Th>
            <Table.Th scope="col">Started</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{runs.map((run) => <RunRow key={run.id} run={run} isChosen={chosen.has(run.id)} onChoose={onChoose} />)}</Table.Tbody>
      </Table>
    </WideTable>
  );
}

function RunRow({ run, isChosen, onChoose }: { run: RunView; isChosen: boolean } & Pick<RunTableProps, 'onChoose'>) {
  const metric = shownMetric(run);
  const { from, to } = runTimes(run);
  return (
    <Table.Tr>
      <Table.Td pe={0}><Checkbox size="xs" checked={isChosen} onChange={(event) => onChoose(run.id, event.currentTarget.checked)} aria-label={`Compare ${run.name}`} /></Table.Td>
      <Table.Td>
        <TextLink to="/runs/$runId" params={{ runId: run.id }} fw={500} c="inherit" style={{ overflowWrap: 'anywhere' }}>{run.name}</TextLink>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{run.dataset_name}</Text>
      </Table.Td>
      <Table.Td>
        <RunBadge run={run} />
        {run.job && !hasEnded(run.job.status) && <Progress value={run.job.progress} size="xs" mt={5} aria-label={`Progress of ${run.name}`} />}
      </Table.Td>
      <Table.Td>
        {metric === null ? <Text span c="dimmed">{'\u2013'}</Text> : <><strong>{formatMetric(metric.name, metric.value)}</strong> <Text span size="sm" c="dimmed">{metricTitle(metric.name).toLowerCase()}</Text></>}
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{run.plan === null ? <Text span c="dimmed">{'\u2013'}</Text> : (run.plan.target ?? 'no target')}</Table.Td>
      <Table.Td>{run.plan === null ? <Text span c="dimmed">{run.reported?.by ? `by ${run.reported.by}` : '\u2013'}</Text> : humanize(run.plan.algorithm)}</Table.Td>
      <Table.Td ta="end">{hasEnded(runStatus(run)) || run.job ? formatDuration(from, to) : 'still going'}</Table.Td>
      <Table.Td><Text span size="sm" c="dimmed">{formatAgo(run.reported?.started_at ?? run.created_at)}</Text></Table.Td>
    </Table.Tr>
  );
}

/** The metric that tells most; of what another program reports the first that it logged, when none of ours is there. */
function shownMetric(run: RunView): { name: string; value: number } | null {
  const first = Object.entries(run.metrics)[0];
  return mainMetric(run.metrics) ?? (run.reported && first && first[1] !== null ? { name: first[0], value: first[1] } : null);
}
