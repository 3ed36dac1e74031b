import type { InteractionStrength } from '@/api';
import { ChartFigure, HeatMap } from '@/charts';
import { counted } from '@/components/format';
import classes from '../RunPage.module.css';

/** Which columns work together. */
export function InteractionPanel({ interactions }: { interactions: InteractionStrength }) {
  const { columns, values, row_count: rows } = interactions;
  return (
    <div className={classes.panel}>
      <ChartFigure
        title="Which columns work together" picture={false}
        description={`How far each column moves the raw score by itself (on the diagonal) and each pair moves it together, beyond what the two do alone: mean size over ${counted(rows, 'test row')}. The columns that do most are shown.`}
        table={{ columns: ['column', ...columns], rows: values.map((line, index) => [columns[index] ?? '', ...line]) }}
      >
        <HeatMap label="Strength of pairs of columns" names={columns} values={values} />
      </ChartFigure>
    </div>
  );
}
