import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { IconPlayerPlay, IconTargetArrow } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { queries, runsPerPage, type RunsState } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { counted } from '@/components/format';
import { ButtonLink } from '@/components/links';
import { LoadingLines } from '@/components/Loading';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { CompareChosen } from './reported/CompareChosen';
import { useChosen } from './reported/useChosen';
import { RunTable } from './RunTable';
import classes from './RunPage.module.css';

const filters = [
  { value: 'all', label: 'All' },
  { value: 'busy', label: 'Running' },
  { value: 'completed', label: 'Completed' },
  { value: 'broken', label: 'Not completed' },
];

export function RunsPage() {
  return (
    <>
      <PageHeader
        title="Runs" description="Every training with its settings, its course and its results: those of Strata, and those that other programs report through MLflow’s API."
        actions={<ButtonLink to="/train" leftSection={<IconPlayerPlay size={16} aria-hidden />}>Train a model</ButtonLink>}
      />
      <RunsList />
    </>
  );
}

function RunsList() {
  const { experiment } = useSearch({ from: '/runs' });
  const [filter, setFilter] = useState('all');
  const [page, setPage] = useState(0);
  const { chosen, choose, chooseNone } = useChosen();
  const state = filter === 'all' ? undefined : (filter as RunsState);
  const runs = useQuery(queries.runs({ page, experiment, state }));
  if (runs.isPending) {
    return <LoadingLines lines={8} />;
  }

  if (runs.isError) {
    return <ProblemNotice error={runs.error} onRetry={() => void runs.refetch()} />;
  }

  const { items, total } = runs.data;
  if (total === 0 && state === undefined && experiment === undefined) {
    return (
      <EmptyState icon={IconTargetArrow} title="Nothing trained yet" action={<ButtonLink to="/train">Train a model</ButtonLink>}>
        A run is the record of one training. You need a table first; then choose what to predict. Runs that other programs report through MLflow’s API appear here too.
      </EmptyState>
    );
  }

  const pages = Math.ceil(total / runsPerPage);
  return (
    <div className={classes.stack}>
      <CompareChosen chosen={chosen} onClear={chooseNone} />
      <Section
        title={`${counted(total, 'run')}${state === undefined && experiment === undefined ? ' in all' : ''}`} flush
        actions={
          <>
            <ExperimentChoice chosen={experiment} onChosen={() => setPage(0)} />
            <SegmentedControl size="xs" data={filters} value={filter} onChange={(value) => { setFilter(value); setPage(0); }} aria-label="Which runs to show" />
          </>
        }
      >
        <RunTable runs={items} label="Runs" chosen={chosen} onChoose={choose} />
        {items.length === 0 && <EmptyState icon={IconTargetArrow} title="No run fits this choice" />}
      </Section>
      {pages > 1 && (
        <Group justify="center" gap="xs">
          <Button variant="default" size="xs" disabled={page === 0} onClick={() => setPage(page - 1)}>Newer</Button>
          <span>{page + 1} of {pages}</span>
          <Button variant="default" size="xs" disabled={page >= pages - 1} onClick={() => setPage(page + 1)}>Older</Button>
        </Group>
      )}
    </div>
  );
}

/** Which experiment's runs are shown; nothing to choose where there is only one. */
function ExperimentChoice({ chosen, onChosen }: { chosen: string | undefined; onChosen: () => void }) {
  const navigate = useNavigate();
  const { data } = useInfiniteQuery(queries.experiments(''));
  const experiments = data?.pages.flatMap(({ items }) => items) ?? [];
  if (experiments.length < 2) {
    return null;
  }

  return (
    <Select
      size="xs" w={180} searchable clearable placeholder="All experiments" aria-label="Experiment" nothingFoundMessage="No experiment has that name"
      data={experiments.map(({ id, name }) => ({ value: id, label: name }))} value={chosen ?? null}
      onChange={(id) => { onChosen(); void navigate({ to: '/runs', search: id === null ? {} : { experiment: id }, replace: true }); }}
    />
  );
}
