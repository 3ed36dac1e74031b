import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { ColumnImportance, Evaluation } from '@/api';
import { Bars, ChartFigure } from '@/charts';
import { formatNumber } from '@/components/format';
import classes from '../RunPage.module.css';

const few = 15;
const many = 300;

type Kind = 'permutation' | 'gain' | 'cover' | 'splits';

const kinds: Record<Kind, { label: string; unit: string; meaning: string }> = {
  permutation: {
    label: 'Permutation', unit: 'mean loss increase',
    meaning: 'How much worse predictions of the test rows get when one column’s values are shuffled among the rows. The thin line is one standard deviation over repeats. Columns that say the same thing share their importance.',
  },
  gain: { label: 'Gain', unit: 'gain', meaning: 'How much the trees’ splits on a column lowered the training loss, all together. Columns of many different values are favoured.' },
  cover: { label: 'Cover', unit: 'cover', meaning: 'How much training weight the trees’ splits on a column saw, all together.' },
  splits: { label: 'Splits', unit: 'splits', meaning: 'How many splits of the trees are on a column. Columns of many different values are favoured.' },
};

/** Which columns the model relies on, by what is asked for. */
export function ImportancePanel({ evaluation }: { evaluation: Evaluation }) {
  const [all, setAll] = useState(false);
  const byKind: Record<Kind, readonly ColumnImportance[]> = {
    permutation: evaluation.importance,
    gain: evaluation.tree_importance?.gain ?? [],
    cover: evaluation.tree_importance?.cover ?? [],
    splits: evaluation.tree_importance?.splits ?? [],
  };
  const known = (Object.keys(kinds) as Kind[]).filter((kind) => byKind[kind].length > 0);
  const [asked, setAsked] = useState<Kind>('permutation');
  const kind = known.includes(asked) ? asked : known[0];
  if (kind === undefined) {
    return null;
  }

  const { unit, meaning } = kinds[kind];
  const sorted = [...byKind[kind]].sort((a, b) => b.mean - a.mean);
  const shown = sorted.slice(0, all ? many : few);
  const spread = kind === 'permutation';
  const hint = (one: ColumnImportance) => `${one.column}: ${formatNumber(one.mean, 3)}${spread ? ` \u00b1 ${formatNumber(one.standard_deviation, 2)}` : ''}`;
  return (
    <div className={classes.panel}>
      <ChartFigure
        title="What the model relies on" picture={false}
        description={meaning}
        table={spread
          ? { columns: ['column', unit, 'standard deviation'], rows: sorted.map((one) => [one.column, one.mean, one.standard_deviation]) }
          : { columns: ['column', unit], rows: sorted.map((one) => [one.column, one.mean]) }}
        controls={known.length > 1 && (
          <SegmentedControl size="xs" mb="sm" value={kind} onChange={(value) => setAsked(value as Kind)} aria-label="Importance by" data={known.map((one) => ({ value: one, label: kinds[one].label }))} />
        )}
      >
        <Bars
          label="Columns by importance"
          bars={shown.map((one) => ({ key: one.column, name: one.column, value: one.mean, spread: spread ? one.standard_deviation : undefined, text: formatNumber(one.mean, 3), hint: hint(one) }))}
        />
      </ChartFigure>
      {sorted.length > few && <Button variant="subtle" size="compact-sm" mt="sm" onClick={() => setAll(!all)}>{all ? 'Show fewer' : `Show all ${sorted.length}`}</Button>}
    </div>
  );
}
