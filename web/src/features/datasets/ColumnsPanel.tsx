import { Button, Select, Text, TextInput } from '@mantine/core';
import { IconFilter, IconSearch } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { overrideTypes, queries, type ColumnType, type DatasetView } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { counted } from '@/components/format';
import { LoadingBlock } from '@/components/Loading';
import { ProblemNotice } from '@/components/ProblemNotice';
import { ColumnList } from './ColumnList';
import { filterColumns, type ColumnFilter } from './filterColumns';
import { TypeChanges } from './TypeChanges';
import classes from './ColumnsPanel.module.css';

const filters: { value: ColumnFilter; label: string }[] = [
  { value: 'all', label: 'All columns' },
  { value: 'warnings', label: 'With warnings' },
  { value: 'missing', label: 'With missing values' },
  { value: 'numbers', label: 'Numbers' },
  { value: 'others', label: 'Categories, text, dates' },
];

/** What is in every column, what is odd about it, and its type, which can be changed. */
export function ColumnsPanel({ dataset }: { dataset: DatasetView }) {
  const [target, setTarget] = useState(dataset.suggested_target);
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<ColumnFilter>('all');
  const [types, setTypes] = useState<ReadonlyMap<string, ColumnType>>(new Map());
  const profile = useQuery(queries.profile(dataset.id, target));
  const presets = useQuery(queries.presets());
  const apply = useTypeChange(dataset);
  const meanings = useMemo(() => {
    const preset = presets.data?.find((one) => one.name === dataset.preset);
    return new Map((preset?.columns ?? []).map((column) => [column.name, column]));
  }, [presets.data, dataset.preset]);
  const names = useMemo(() => dataset.columns.map((column) => column.name), [dataset.columns]);

  if (profile.isPending) {
    return <LoadingBlock height={420} />;
  }

  if (profile.isError) {
    return <ProblemNotice error={profile.error} onRetry={() => void profile.refetch()} />;
  }

  const shown = filterColumns(profile.data.columns, search, filter);
  const change = (column: string, type: ColumnType) => {
    const next = new Map(types);
    if (dataset.columns.find((one) => one.name === column)?.type === type) {
      next.delete(column);
    } else {
      next.set(column, type);
    }

    setTypes(next);
  };

  return (
    <>
      <div className={classes.bar}>
        <TextInput
          value={search} onChange={(event) => setSearch(event.currentTarget.value)} placeholder="Find a column" aria-label="Find a column"
          leftSection={<IconSearch size={15} aria-hidden />} className={classes.search}
        />
        <Select data={filters} value={filter} onChange={(value) => setFilter((value ?? 'all') as ColumnFilter)} aria-label="Which columns to show" leftSection={<IconFilter size={15} aria-hidden />} w={220} />
        <Select
          data={names} value={target} onChange={setTarget} searchable clearable limit={100} w={260} placeholder="Column to predict"
          aria-label="Column to predict: the others are checked for giving it away" nothingFoundMessage="No column has that name"
        />
        <Text size="sm" c="dimmed" role="status">{shown.length === names.length ? counted(names.length, 'column') : `${shown.length} of ${counted(names.length, 'column')}`}</Text>
      </div>
      {shown.length === 0
        ? <EmptyState icon={IconFilter} title="No column fits" action={<Button variant="default" onClick={() => { setSearch(''); setFilter('all'); }}>Show all columns</Button>} />
        : <ColumnList columns={shown} rowCount={profile.data.row_count} meanings={meanings} types={types} target={target} onType={change} />}
      <TypeChanges count={types.size} busy={apply.isPending} error={apply.error} onApply={() => apply.mutate(types)} onDiscard={() => { setTypes(new Map()); apply.reset(); }} />
    </>
  );
}

function useTypeChange(dataset: DatasetView) {
  const navigate = useNavigate();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (types: ReadonlyMap<string, ColumnType>) => overrideTypes(dataset.id, types),
    onSuccess: (next) => {
      void client.invalidateQueries({ queryKey: ['datasets'], exact: true });
      void navigate({ to: '/datasets/$datasetId', params: { datasetId: next.id } });
    },
  });
}
