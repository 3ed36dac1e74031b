import { Badge, Button, Table, Text } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { queries, type ExperimentView } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { formatAgo, formatCount, shorten } from '@/components/format';
import { TextLink } from '@/components/links';
import { LoadingLines } from '@/components/Loading';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';
import { FilterBox } from './FilterBox';
import classes from '../RunPage.module.css';

const examples = [
  ["name = 'Default'", 'that very name'],
  ["name ILIKE '%depth%'", 'the name holds the word, in any case'],
  ["tags.team = 'red'", 'by a tag'],
] as const;

/** The named groups of runs. */
export function ExperimentsPage() {
  const { filter = '' } = useSearch({ from: '/experiments' });
  const navigate = useNavigate();
  const found = useInfiniteQuery(queries.experiments(filter));
  const experiments = found.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <PageHeader title="Experiments" description="Named groups of runs. Programs name theirs through MLflow’s API; trainings started here are in their project’s default one." />
      <div className={classes.stack}>
        <FilterBox
          key={filter} label="Filter experiments" placeholder="name ILIKE '%depth%'" filter={filter} error={found.error} examples={examples}
          onFilter={(next) => void navigate({ to: '/experiments', search: next === '' ? {} : { filter: next }, replace: true })}
        />
        {found.isPending && <LoadingLines lines={5} />}
        {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
        {found.data && !found.isError && (
          experiments.length === 0
            ? <EmptyState icon={IconFlask} title={filter === '' ? 'No experiments yet' : 'No experiment fits the filter'}>{filter === '' && <>A program makes one with <code>mlflow.set_experiment</code> after pointing <code>MLFLOW_TRACKING_URI</code> at this server.</>}</EmptyState>
            : <ExperimentTable experiments={experiments} />
        )}
        {found.hasNextPage && <Button variant="default" style={{ alignSelf: 'center' }} loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>Show more</Button>}
      </div>
    </>
  );
}

function ExperimentTable({ experiments }: { experiments: readonly ExperimentView[] }) {
  return (
    <Section title="Experiments" flush>
      <WideTable label="Experiments" minWidth={640}>
        <Table highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Experiment</Table.Th><Table.Th scope="col" ta="end">Runs</Table.Th><Table.Th scope="col">Last activity</Table.Th><Table.Th scope="col">Tags</Table.Th><Table.Th scope="col">Made</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {experiments.map((experiment) => (
              <Table.Tr key={experiment.id}>
                <Table.Td><TextLink to="/experiments/$experimentId" params={{ experimentId: experiment.id }} fw={500} c="inherit" style={{ overflowWrap: 'anywhere' }}>{experiment.name}</TextLink></Table.Td>
                <Table.Td ta="end">{formatCount(experiment.runs)}{experiment.running > 0 && <> <Badge color="indigo" size="sm">{experiment.running} running</Badge></>}</Table.Td>
                <Table.Td><Text span size="sm" c="dimmed">{experiment.runs === 0 ? 'no runs yet' : formatAgo(experiment.last_activity)}</Text></Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}><Text span size="sm">{shorten(tagText(experiment), 80)}</Text></Table.Td>
                <Table.Td><Text span size="sm" c="dimmed">{Date.parse(experiment.created_at) === 0 ? 'with the server' : formatAgo(experiment.created_at)}</Text></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
    </Section>
  );
}

function tagText({ tags }: ExperimentView) {
  return Object.entries(tags).filter(([name]) => !name.startsWith('mlflow.')).map(([name, value]) => `${name}: ${value}`).join(', ');
}
