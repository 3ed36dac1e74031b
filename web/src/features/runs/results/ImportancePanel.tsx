import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ColumnImportance } from '@/api';
import { Bars, ChartFigure } from '@/charts';
import { formatNumber } from '@/components/format';
import classes from '../RunPage.module.css';

const few = 15;
const many = 300;

/** How much worse predictions get when a column's values are shuffled. */
export function ImportancePanel({ importance }: { importance: readonly ColumnImportance[] }) {
  const [all, setAll] = useState(false);
  const sorted = [...importance].sort((a, b) => b.mean - a.mean);
  const shown = sorted.slice(0, all ? many : few);
  return (
    <div className={classes.panel}>
      <ChartFigure
        title="What the model relies on" picture={false}
        description="How much worse predictions of the test rows get when one column’s values are shuffled among the rows. The thin line is one standard deviation over repeats. Columns that say the same thing share their importance."
        table={{ columns: ['column', 'mean loss increase', 'standard deviation'], rows: sorted.map((one) => [one.column, one.mean, one.standard_deviation]) }}
      >
        <Bars
          label="Columns by importance"
          bars={shown.map((one) => ({ key: one.column, name: one.column, value: one.mean, spread: one.standard_deviation, text: formatNumber(one.mean, 3), hint: `${one.column}: ${formatNumber(one.mean, 3)} \u00b1 ${formatNumber(one.standard_deviation, 2)}` }))}
        />
      </ChartFigure>
      {sorted.length > few && <Button variant="subtle" size="compact-sm" mt="sm" onClick={() => setAll(!all)}>{all ? 'Show fewer' : `Show all ${sorted.length}`}</Button>}
    </div>
  );
}
