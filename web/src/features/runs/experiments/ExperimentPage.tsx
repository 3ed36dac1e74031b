import { Button, Select } from '@mantine/core';
import { IconTargetArrow } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { queries, type RunView } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { counted, formatAgo, shorten } from '@/components/format';
import { LoadingLines } from '@/components/Loading';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { CompareChosen } from '../reported/CompareChosen';
import { useChosen } from '../reported/useChosen';
import { RunTable } from '../RunTable';
import { FilterBox } from './FilterBox';
import { orders } from './orders';
import classes from '../RunPage.module.css';

const parent = { to: '/experiments', label: 'Experiments' } as const;

const examples = [
  ["metrics.loss < 0.2", 'by the last value of a metric'],
  ["params.depth = '4' and tags.team = 'red'", 'by a parameter and a tag; parameters are texts'],
  ["attributes.status = 'FAILED'", 'by how it ended'],
  ["run_name ILIKE '%try%'", 'the name holds the word, in any case'],
  ['metrics."val/loss" < 1', 'names with other letters stand in quotes'],
] as const;

/** The runs of one experiment, searched and ordered. */
export function ExperimentPage() {
  const { experimentId } = useParams({ from: '/experiments/$experimentId' });
  const { filter = '', order = '' } = useSearch({ from: '/experiments/$experimentId' });
  const navigate = useNavigate();
  const { chosen, choose, chooseNone } = useChosen();
  const experiment = useQuery(queries.experiment(experimentId));
  const found = useInfiniteQuery(queries.searchedRuns(experimentId, filter, order));
  const runs = found.data?.pages.flatMap(({ items }) => items) ?? [];
  const go = (next: { filter?: string; order?: string }) => {
    const search = { filter, order, ...next };
    void navigate({
      to: '/experiments/$experimentId', params: { experimentId }, replace: true,
      search: { ...(search.filter !== '' && { filter: search.filter }), ...(search.order !== '' && { order: search.order }) },
    });
  };

  if (experiment.isError) {
    return <><PageHeader title="Experiment" parent={parent} /><ProblemNotice error={experiment.error} onRetry={() => void experiment.refetch()} /></>;
  }

  return (
    <>
      <PageHeader
        title={experiment.data?.name ?? 'Experiment'} parent={parent}
        description={experiment.data && `${counted(experiment.data.runs, 'run')}${experiment.data.runs > 0 ? `, the last activity ${formatAgo(experiment.data.last_activity)}` : ''}`}
      />
      <div className={classes.stack}>
        <FilterBox key={filter} label="Filter runs" placeholder="metrics.loss < 0.2 and params.depth = '4'" filter={filter} error={found.error} examples={examples} onFilter={(next) => go({ filter: next })} />
        <CompareChosen chosen={chosen} onClear={chooseNone} />
        {found.isPending && <LoadingLines lines={6} />}
        {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
        {found.data && !found.isError && (
          <Section title={`${runs.length}${found.hasNextPage ? ' or more' : ''} ${runs.length === 1 ? 'run' : 'runs'}${filter === '' ? '' : ' that fit'}`} flush actions={<OrderChoice runs={runs} order={order} onOrder={(next) => go({ order: next })} />}>
            <RunTable runs={runs} label="Runs of the experiment" chosen={chosen} onChoose={choose} />
            {runs.length === 0 && <EmptyState icon={IconTargetArrow} title={filter === '' ? 'No runs yet' : 'No run fits the filter'} />}
          </Section>
        )}
        {found.hasNextPage && <Button variant="default" style={{ alignSelf: 'center' }} loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>Show more</Button>}
      </div>
    </>
  );
}

function OrderChoice({ runs, order, onOrder }: { runs: readonly RunView[]; order: string; onOrder: (order: string) => void }) {
  const choices = orders(runs);
  const known = choices.some(({ value }) => value === order) ? choices : [...choices, { value: order, label: shorten(order, 40) }];
  return <Select size="xs" w={210} aria-label="Order" data={known} value={order} onChange={(value) => onOrder(value ?? '')} />;
}
