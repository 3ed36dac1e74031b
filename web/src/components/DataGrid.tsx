import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import classes from './DataGrid.module.css';

export interface GridColumn {
  title: ReactNode;
  /** In pixels. */
  width: number;
  numeric?: boolean;
}

interface DataGridProps {
  label: string;
  columns: readonly GridColumn[];
  rowCount: number;
  cell: (row: number, column: number) => ReactNode;
  /** Called with the visible rows, so that they can be loaded. */
  onVisible?: (firstRow: number, lastRow: number) => void;
  onRow?: (row: number) => void;
  selectedRow?: number | null;
  /** In pixels. */
  height?: number;
}

const rowHeight = 34;

/** A table of any length and width: only the visible cells exist. Arrow keys scroll it; rows can be opened with Enter when `onRow` is given. */
export function DataGrid({ label, columns, rowCount, cell, onVisible, onRow, selectedRow = null, height = 460 }: DataGridProps) {
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count: rowCount, getScrollElement: () => box.current, estimateSize: () => rowHeight, overscan: 12, scrollMargin: 0 });
  const across = useVirtualizer({
    horizontal: true, count: columns.length, getScrollElement: () => box.current, estimateSize: (index) => columns[index]?.width ?? 120, overscan: 3,
  });
  useEffect(() => across.measure(), [across, columns]);

  const visible = rows.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => onVisible?.(first, last), [onVisible, first, last]);

  const move = (event: KeyboardEvent) => {
    if (!onRow || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || rowCount === 0) {
      return;
    }

    event.preventDefault();
    const next = Math.min(rowCount - 1, Math.max(0, selectedRow === null ? 0 : selectedRow + (event.key === 'ArrowDown' ? 1 : -1)));
    rows.scrollToIndex(next, { align: 'auto' });
    onRow(next);
  };

  const columnItems = across.getVirtualItems();
  const width = across.getTotalSize();
  return (
    <div
      ref={box}
      role="grid"
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length}
      tabIndex={0}
      className={classes.box}
      style={{ maxHeight: height, height: Math.min(height, (rowCount + 1) * rowHeight + 18) }}
      onKeyDown={move}
    >
      <div role="row" aria-rowindex={1} className={classes.head} style={{ width, height: rowHeight }}>
        {columnItems.map((item) => (
          <div
            key={item.index}
            role="columnheader"
            aria-colindex={item.index + 1}
            className={columns[item.index]?.numeric ? classes.numericCell : classes.cell}
            style={{ width: item.size, transform: `translateX(${item.start}px)` }}
          >
            {columns[item.index]?.title}
          </div>
        ))}
      </div>
      <div className={classes.body} style={{ height: rows.getTotalSize(), width }}>
        {visible.map((row) => (
          <div
            key={row.index}
            role="row"
            aria-rowindex={row.index + 2}
            aria-selected={onRow ? row.index === selectedRow : undefined}
            className={classes.row}
            data-open={onRow ? true : undefined}
            style={{ height: rowHeight, transform: `translateY(${row.start}px)` }}
            onClick={() => onRow?.(row.index)}
          >
            {columnItems.map((item) => (
              <div
                key={item.index}
                role="gridcell"
                aria-colindex={item.index + 1}
                className={columns[item.index]?.numeric ? classes.numericCell : classes.cell}
                style={{ width: item.size, transform: `translateX(${item.start}px)` }}
              >
                {cell(row.index, item.index)}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
