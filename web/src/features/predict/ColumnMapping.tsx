import { Badge, Select } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import type { ColumnMatch } from './mapColumns';
import classes from './PredictPage.module.css';

interface ColumnMappingProps {
  matches: readonly ColumnMatch[];
  columns: readonly string[];
  onChoose: (feature: string, column: string | null) => void;
}

const words: Record<ColumnMatch['how'], { label: string; color: string }> = {
  same: { label: 'found', color: 'teal' },
  alike: { label: 'found', color: 'teal' },
  near: { label: 'please check', color: 'yellow' },
  missing: { label: 'missing', color: 'red' },
};
const rank: Record<ColumnMatch['how'], number> = { missing: 0, near: 1, alike: 2, same: 3 };

/** Which column of the table stands for which of the model's; those that need a look come first. */
export function ColumnMapping({ matches, columns, onChoose }: ColumnMappingProps) {
  const box = useRef<HTMLDivElement>(null);
  const features = matches.map((match) => match.feature).join('\n');
  // Sorted once for a table: a line must not jump away under the hand that edits it.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const order = useMemo(() => matches.map((match, index) => ({ index, rank: rank[match.how] })).sort((a, b) => a.rank - b.rank || a.index - b.index).map(({ index }) => index), [features, columns]);
  const rows = useVirtualizer({ count: matches.length, getScrollElement: () => box.current, estimateSize: () => 46, overscan: 6 });
  return (
    <div ref={box} className={classes.mapping} tabIndex={0} role="group" aria-label="Columns of the model and of the table">
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map((item) => {
          const match = matches[order[item.index] ?? 0];
          return match && (
            <div key={match.feature} ref={rows.measureElement} data-index={item.index} className={classes.match} style={{ transform: `translateY(${item.start}px)` }}>
              <span className={classes.feature} title={match.feature}>{match.feature}</span>
              <Select
                className={classes.choice} size="xs" searchable clearable limit={100} placeholder="not in the table" aria-label={`Column of the table for ${match.feature}`} data={[...new Set(columns)]}
                value={match.column} onChange={(column) => onChoose(match.feature, column)} nothingFoundMessage="No column has that name"
              />
              <Badge color={words[match.how].color}>{words[match.how].label}</Badge>
            </div>
          );
        })}
      </div>
    </div>
  );
}
