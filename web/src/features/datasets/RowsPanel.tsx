import { useQueries } from '@tanstack/react-query';
import { Skeleton } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { queries, rowsPerPage, type DatasetView } from '@/api';
import { ArraySpark } from '@/charts';
import { isArray, isNumeric } from '@/components/columnTypes';
import { DataGrid, type GridColumn } from '@/components/DataGrid';
import { formatCount, shorten } from '@/components/format';
import { MissingValue } from '@/components/MissingValue';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';

/** The rows as they were read; pages load as they come into sight. */
export function RowsPanel({ dataset }: { dataset: DatasetView }) {
  const [range, setRange] = useState<readonly [number, number]>([0, 0]);
  const pages = Array.from({ length: range[1] - range[0] + 1 }, (_, index) => range[0] + index);
  const loaded = useQueries({ queries: pages.map((page) => queries.datasetRows(dataset.id, page)) });
  const failed = loaded.find((page) => page.isError);
  const rowsOf = new Map(pages.map((page, index) => [page, loaded[index]?.data?.rows]));

  const columns = useMemo<GridColumn[]>(() => [
    { title: 'Row', width: 76, numeric: true },
    ...dataset.columns.map((column) => ({
      title: <span title={column.name}>{column.name}</span>,
      width: Math.min(240, Math.max(isArray(column.type) ? 200 : 110, column.name.length * 8 + 28)),
      numeric: isNumeric(column.type),
    })),
  ], [dataset.columns]);

  const see = useCallback((first: number, last: number) => {
    const next = [Math.floor(first / rowsPerPage), Math.floor(last / rowsPerPage)] as const;
    setRange((current) => (current[0] === next[0] && current[1] === next[1] ? current : next));
  }, []);

  return (
    <Section title="Rows" description="As they were read, after the repairs above. Rows are counted from 0, here and in every file and answer." flush>
      {failed && <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />}
      <DataGrid
        label={`Rows of ${dataset.name}`}
        columns={columns}
        rowCount={dataset.row_count}
        height={560}
        onVisible={see}
        cell={(row, column) => {
          if (column === 0) {
            return formatCount(row);
          }

          const rows = rowsOf.get(Math.floor(row / rowsPerPage));
          if (rows === undefined) {
            return <Skeleton height={10} mt={12} />;
          }

          const text = rows[row % rowsPerPage]?.[column - 1] ?? null;
          const type = dataset.columns[column - 1]?.type;
          if (text !== null && type !== undefined && isArray(type)) {
            return <ArraySpark text={text} kind={type} label={`${dataset.columns[column - 1]!.name} of row ${row}`} />;
          }

          return text === null ? <MissingValue /> : <span title={text.length > 20 ? text.slice(0, 1000) : undefined}>{shorten(text, 120)}</span>;
        }}
      />
    </Section>
  );
}
