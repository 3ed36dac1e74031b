import { SegmentedControl, Switch, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconListSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { queries, type TrainedRun, type TestRow } from '@/api';
import { DataGrid, type GridColumn } from '@/components/DataGrid';
import { EmptyState } from '@/components/EmptyState';
import { counted, formatCount, formatNumber, formatShare, formatValue, shorten } from '@/components/format';
import { LoadingBlock } from '@/components/Loading';
import { MissingValue } from '@/components/MissingValue';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { RowReasons } from './RowReasons';
import classes from './TestRowsPanel.module.css';

const orders = [{ value: 'worst', label: 'Worst first' }, { value: 'row', label: 'By row' }];
const isWrong = (row: TestRow) => row.truth !== row.prediction;

/** Every test row with what the model said about it, and why. */
export function TestRowsPanel({ run }: { run: TrainedRun }) {
  const [order, setOrder] = useState<'row' | 'worst'>('worst');
  const [onlyWrong, setOnlyWrong] = useState(false);
  const [selected, setSelected] = useState<number | null>(null);
  const model = useQuery({ ...queries.model(run.model_id ?? ''), enabled: run.model_id !== null });
  const rows = useInfiniteQuery(queries.testRows(run.id, order));
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = rows;
  const loaded = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const shown = useMemo(() => (onlyWrong ? loaded.filter(isWrong) : loaded), [loaded, onlyWrong]);
  const regression = model.data?.task === 'regression';
  const clusters = model.data?.task === 'clustering';
  const outliers = clusters || model.data?.task === 'outlier_detection';

  // The wrong ones may be anywhere: when only they are wanted, all rows are loaded.
  useEffect(() => {
    if (onlyWrong && hasNextPage && !isFetchingNextPage) {
      void fetchNextPage();
    }
  }, [onlyWrong, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const see = useCallback((_: number, last: number) => {
    if (hasNextPage && !isFetchingNextPage && last >= loaded.length - 40) {
      void fetchNextPage();
    }
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, loaded.length]);

  const names = data?.pages[0]?.columns;
  const columns = useMemo<GridColumn[]>(() => [
    { title: 'Row', width: 80, numeric: true },
    { title: 'Truth', width: 150 },
    { title: 'Prediction', width: 170 },
    { title: regression ? 'Squared error' : clusters ? 'Fit' : outliers ? 'Score' : 'Confidence', width: 110, numeric: true },
    ...(names ?? []).map((name) => ({ title: <span title={name}>{name}</span>, width: Math.min(220, Math.max(110, name.length * 8 + 24)) })),
  ], [names, regression, outliers, clusters]);

  if (rows.isPending) {
    return <LoadingBlock height={460} />;
  }

  if (rows.isError) {
    return <ProblemNotice error={rows.error} onRetry={() => void rows.refetch()} />;
  }

  const total = data?.pages[0]?.total ?? 0;
  const chosen = selected === null ? undefined : shown[selected];
  return (
    <div className={classes.split}>
      <Section
        title={clusters ? 'Grouped rows' : outliers ? 'Scored rows' : 'Test rows'} flush
        description={onlyWrong ? `${counted(shown.length, 'wrong row')} of ${formatCount(total)}${hasNextPage ? ', still looking' : ''}` : clusters ? `${formatCount(total)} rows with their distance from the cluster, or its probability` : outliers ? `${formatCount(total)} rows, the most unusual at the top of \u201cWorst first\u201d` : `${formatCount(total)} rows that the model did not learn from`}
        actions={
          <>
            {!regression && !outliers && <Switch label="Only wrong ones" checked={onlyWrong} onChange={(event) => { setOnlyWrong(event.currentTarget.checked); setSelected(null); }} />}
            <SegmentedControl size="xs" data={orders} value={order} aria-label="Order of the rows" onChange={(value) => { setOrder(value as 'row' | 'worst'); setSelected(null); }} />
          </>
        }
      >
        {shown.length === 0
          ? <EmptyState icon={IconCircleCheck} title={onlyWrong ? 'Every test row was predicted right' : 'There are no test rows'} />
          : (
            <DataGrid
              label="Test rows" columns={columns} rowCount={shown.length} height={560} selectedRow={selected} onRow={setSelected} onVisible={see}
              cell={(row, column) => <Cell row={shown[row]!} column={column} regression={regression} outliers={outliers} />}
            />
          )}
      </Section>
      <div className={classes.detail}>
        {chosen
          ? <RowReasons key={`${order} ${chosen.row}`} row={chosen} columns={names ?? []} model={model.data} />
          : <Section title="Reasons"><EmptyState icon={IconListSearch} title="Choose a row">Click one, or use the arrow keys in the table, to see how the model came to its answer.</EmptyState></Section>}
      </div>
    </div>
  );
}

function Cell({ row, column, regression, outliers }: { row: TestRow; column: number; regression: boolean; outliers: boolean }) {
  if (column === 0) {
    return formatCount(row.row);
  }

  if (column === 1) {
    return row.truth === '' ? <MissingValue /> : formatValue(row.truth);
  }

  if (column === 2) {
    return regression || outliers
      ? formatValue(row.prediction)
      : (
        <span className={isWrong(row) ? classes.wrong : classes.right}>
          {isWrong(row) ? <IconCircleX size={15} aria-label="wrong:" /> : <IconCircleCheck size={15} aria-label="right:" />}
          {formatValue(row.prediction)}
        </span>
      );
  }

  if (column === 3) {
    return regression || outliers ? formatNumber(row.loss, 3) : formatShare(row.probabilities.length === 0 ? null : Math.max(...row.probabilities));
  }

  const text = row.values[column - 4] ?? null;
  return text === null ? <MissingValue /> : <Text span size="sm" title={text.length > 18 ? text.slice(0, 1000) : undefined}>{shorten(text, 80)}</Text>;
}
