import type { Evaluation } from '@/api';
import { ChartFigure, XYChart, type Series } from '@/charts';
import { formatShare } from '@/components/format';
import classes from '../RunPage.module.css';

const unit = [0, 1] as const;
const asShare = (value: number) => formatShare(value, 0);

/** Whether 80 % means 80 times in a hundred. */
export function CalibrationPanel({ evaluation }: { evaluation: Evaluation }) {
  const curves = evaluation.calibration.slice(0, 7);
  if (curves.length === 0) {
    return null;
  }

  const error = Object.entries(evaluation.metrics).find(([name]) => name === 'expected_calibration_error')?.[1];
  return (
    <div className={classes.panel}>
      <ChartFigure
        title="Calibration"
        description={`Of the rows that were given about the same probability, the share for which it came true. On the dashed line, probabilities can be taken at their word.${typeof error === 'number' ? ` They are ${formatShare(error)} off on average (expected calibration error).` : ''}`}
        table={{ columns: ['class', 'mean probability', 'came true', 'rows'], rows: curves.flatMap((curve) => curve.mean_predicted.map((value, index) => [curve.class, value, curve.observed[index] ?? null, curve.counts[index] ?? null])) }}
      >
        <XYChart
          label="Share that came true against the stated probability"
          series={curves.map((curve, index): Series => ({
            name: curve.class, draw: 'dotted-line', color: index + 1, points: curve.mean_predicted.map((x, at) => ({ x, y: curve.observed[at] ?? 0 })),
          }))}
          x={{ label: 'Stated probability', domain: unit, format: asShare }} y={{ label: 'Came true', domain: unit, format: asShare }}
          reference={{ from: { x: 0, y: 0 }, to: { x: 1, y: 1 }, name: 'perfectly calibrated' }}
        />
      </ChartFigure>
    </div>
  );
}
