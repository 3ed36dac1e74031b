import type { Residuals } from '@/api';
import { ChartFigure, extent, Histogram, XYChart } from '@/charts';
import { useMemo } from 'react';

import classes from '../RunPage.module.css';

/** How far predicted numbers are from the true ones. */
export function RegressionPanels({ residuals, target }: { residuals: Residuals; target: string }) {
  const points = useMemo(() => residuals.actual.map((x, index) => ({ x, y: residuals.predicted[index] ?? Number.NaN })), [residuals]);
  const [low, high] = useMemo(() => extent([...residuals.actual, ...residuals.predicted], 0.04), [residuals]);
  return (
    <>
      <div className={classes.panel}>
        <ChartFigure
          title="Predicted against actual" description="One dot a test row. On the dashed line a prediction is exact; above it is too high."
          table={{ columns: ['row', 'actual', 'predicted'], rows: residuals.rows.map((row, index) => [row, residuals.actual[index] ?? null, residuals.predicted[index] ?? null]) }}
        >
          <XYChart
            label={`Predicted against actual ${target}`} height={320}
            series={[{ name: 'Test rows', draw: 'dots', color: 1, points }]}
            x={{ label: `Actual ${target}`, domain: [low, high] }} y={{ label: 'Predicted', domain: [low, high] }}
            reference={{ from: { x: low, y: low }, to: { x: high, y: high }, name: 'exact' }}
          />
        </ChartFigure>
      </div>
      <div className={classes.panel}>
        <ChartFigure
          title="Errors" description="Actual minus predicted, in the target’s unit. A hill around zero is good; a hill beside it means predictions are off to one side."
          table={{ columns: ['from', 'to', 'rows'], rows: residuals.histogram_counts.map((count, index) => [residuals.histogram_edges[index] ?? null, residuals.histogram_edges[index + 1] ?? null, count]) }}
        >
          <Histogram label="How errors are spread" bins={{ edges: residuals.histogram_edges, counts: residuals.histogram_counts }} xLabel={`Error of ${target}`} yLabel="Test rows" height={320} mark={0} />
        </ChartFigure>
      </div>
    </>
  );
}
