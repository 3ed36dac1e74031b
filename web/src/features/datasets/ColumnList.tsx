import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import type { ColumnMeaning, ColumnProfile, ColumnType } from '@/api';
import { ColumnCard } from './ColumnCard';
import classes from './ColumnList.module.css';

interface ColumnListProps {
  columns: readonly ColumnProfile[];
  rowCount: number;
  meanings: ReadonlyMap<string, ColumnMeaning>;
  types: ReadonlyMap<string, ColumnType>;
  target: string | null;
  onType: (column: string, type: ColumnType) => void;
}

/** As long as a table is wide: only the columns in sight are drawn. */
export function ColumnList({ columns, rowCount, meanings, types, target, onType }: ColumnListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const box = list.current?.getBoundingClientRect();
    setTop(box ? box.top + window.scrollY : 0);
  }, []);
  const rows = useWindowVirtualizer({
    count: columns.length, estimateSize: () => 124, overscan: 6, scrollMargin: top, getItemKey: (index) => columns[index]?.name ?? index,
  });

  return (
    <ul ref={list} className={classes.list} style={{ height: rows.getTotalSize() }} aria-label="Columns">
      {rows.getVirtualItems().map((item) => {
        const column = columns[item.index];
        return column && (
          <li
            key={item.key}
            ref={rows.measureElement}
            data-index={item.index}
            aria-setsize={columns.length}
            aria-posinset={item.index + 1}
            className={classes.item}
            style={{ transform: `translateY(${item.start - rows.options.scrollMargin}px)` }}
          >
            <ColumnCard
              column={column} rowCount={rowCount} meaning={meanings.get(column.name)} type={types.get(column.name) ?? column.type} changed={types.has(column.name)}
              isTarget={column.name === target} onType={(type) => onType(column.name, type)}
            />
          </li>
        );
      })}
    </ul>
  );
}
