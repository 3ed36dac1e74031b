import { Badge, Select, Table, Text } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { queries, type RunView } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { shorten } from '@/components/format';
import { ButtonLink, TextLink } from '@/components/links';
import { LoadingLines } from '@/components/Loading';
import { formatMetric, metricTitle } from '@/components/metricWords';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { RunBadge } from '@/components/RunBadge';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';
import { mostCompared } from './CompareChosen';
import { bestOf, comparedMetrics, comparedParameters, type ComparedLine } from './differences';
import { ReportedCurves } from './ReportedCurves';
import { distinctNames } from './runCurves';
import classes from '../RunPage.module.css';

const parent = { to: '/runs', label: 'Runs' } as const;

/** Two or more runs side by side, whoever carried them out: settings, metrics and curves. */
export function CompareRunsPage() {
  const { runs: asked = '' } = useSearch({ from: '/runs/compare' });
  const ids: string[] = [...new Set<string>(asked.split(',').filter((id: string) => id !== ''))].slice(0, mostCompared);
  const found = useQueries({ queries: ids.map((id) => queries.run(id)) });
  const broken = found.find(({ isError }) => isError);
  const runs = found.flatMap(({ data }) => (data ? [data] : []));
  return (
    <>
      <PageHeader title="Runs side by side" parent={parent} description="What differs in settings and results stands first." actions={<AddRun ids={ids} />} />
      {broken && <ProblemNotice error={broken.error} onRetry={() => void broken.refetch()} />}
      {found.some(({ isPending }) => isPending) && <LoadingLines lines={8} />}
      {ids.length === 0 && <EmptyState icon={IconArrowsDiff} title="Nothing to compare yet" action={<ButtonLink to="/runs">Choose runs</ButtonLink>}>Tick two or more runs in the list, or add them above.</EmptyState>}
      {runs.length > 0 && runs.length === ids.length && <SideBySide runs={runs} />}
    </>
  );
}

function AddRun({ ids }: { ids: readonly string[] }) {
  const navigate = useNavigate();
  const { data } = useQuery(queries.runs());
  const others = data?.items.filter(({ id }) => !ids.includes(id)) ?? [];
  return (
    <Select
      aria-label="Add a run" placeholder="Add a run" searchable w={260} value={null} disabled={ids.length >= mostCompared} nothingFoundMessage="No other run has that name"
      data={others.map(({ id, name, dataset_name }) => ({ value: id, label: dataset_name === '' ? name : `${name} on ${dataset_name}` }))}
      onChange={(id) => id !== null && void navigate({ to: '/runs/compare', search: { runs: [...ids, id].join(',') }, replace: true })}
    />
  );
}

function SideBySide({ runs }: { runs: readonly RunView[] }) {
  const names = distinctNames(runs);
  const metrics = comparedMetrics(runs);
  const parameters = comparedParameters(runs);
  return (
    <div className={classes.stack}>
      <Section title="Metrics" description="The best value of each is bold." flush={metrics.length > 0}>
        {metrics.length === 0
          ? <Text size="sm" c="dimmed">None of these runs has metrics.</Text>
          : (
            <Lines
              label="Metrics" runs={runs} names={names} lines={metrics} title={metricTitle}
              cell={(value, line) => (value === bestOf(line) ? <strong>{formatMetric(line.name, value)}</strong> : formatMetric(line.name, value))}
            />
          )}
      </Section>
      <Section title="Settings" flush={parameters.length > 0}>
        {parameters.length === 0
          ? <Text size="sm" c="dimmed">None of these runs has parameters.</Text>
          : <Lines label="Settings" runs={runs} names={names} lines={parameters} title={(name) => name} cell={(value) => shorten(value, 200)} />}
      </Section>
      <ReportedCurves runs={runs} />
    </div>
  );
}

interface LinesProps<T> {
  label: string;
  runs: readonly RunView[];
  names: readonly string[];
  lines: readonly ComparedLine<T>[];
  title: (name: string) => string;
  cell: (value: T, line: ComparedLine<T>) => React.ReactNode;
}

function Lines<T extends string | number>({ label, runs, names, lines, title, cell }: LinesProps<T>) {
  return (
    <WideTable label={label} minWidth={200 + 170 * runs.length}>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" w="28%">Name</Table.Th>
            {runs.map((run, index) => (
              <Table.Th key={run.id} scope="col" style={{ verticalAlign: 'top' }}>
                <TextLink to="/runs/$runId" params={{ runId: run.id }} size="sm" style={{ overflowWrap: 'anywhere' }}>{names[index]}</TextLink>
                {label === 'Metrics' && <div style={{ marginBlockStart: 4 }}><RunBadge run={run} /></div>}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={line.name}>
              <Table.Th scope="row" fw={500} style={{ overflowWrap: 'anywhere' }}>{title(line.name)} {!line.differs && runs.length > 1 && <Badge size="xs" color="gray">same</Badge>}</Table.Th>
              {line.values.map((value, index) => <Table.Td key={runs[index]!.id} style={{ overflowWrap: 'anywhere' }}>{value === null ? <Text span c="dimmed">{'\u2013'}</Text> : cell(value, line)}</Table.Td>)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}
