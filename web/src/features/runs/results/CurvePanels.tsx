import { Text } from '@mantine/core';
import type { Evaluation } from '@/api';
import { ChartFigure, XYChart, type Series } from '@/charts';
import classes from '../RunPage.module.css';

const unit = [0, 1] as const;
const mostCurves = 7;

/** How well scores part the classes, whatever threshold is chosen. */
export function CurvePanels({ evaluation }: { evaluation: Evaluation }) {
  const roc = evaluation.roc_curves.slice(0, mostCurves);
  const recall = evaluation.precision_recall_curves.slice(0, mostCurves);
  const several = roc.length > 1;
  return (
    <div className={classes.pair}>
      {roc.length > 0 && (
        <div className={classes.panel}>
          <ChartFigure
            title="ROC curve"
            description="True positives found against false alarms raised, at every threshold. Further to the upper left is better."
            table={{ columns: ['class', 'threshold', 'false positive rate', 'true positive rate'], rows: roc.flatMap((curve) => curve.thresholds.map((threshold, index) => [curve.class, threshold, curve.false_positive_rate[index] ?? null, curve.true_positive_rate[index] ?? null])) }}
          >
            <XYChart
              label={`ROC curve; area under it: ${roc.map((curve) => `${curve.class} ${curve.area.toFixed(3)}`).join(', ')}`}
              series={roc.map((curve, index): Series => ({
                name: `${curve.class}${several ? ' against the rest' : ''}, area ${curve.area.toFixed(3)}`, draw: 'line', color: index + 1,
                points: curve.false_positive_rate.map((x, at) => ({ x, y: curve.true_positive_rate[at] ?? 0 })),
              }))}
              x={{ label: 'False positive rate', domain: unit }} y={{ label: 'True positive rate', domain: unit }}
              reference={{ from: { x: 0, y: 0 }, to: { x: 1, y: 1 }, name: 'guessing' }}
            />
            {!several && <Text size="sm" c="dimmed" mt={4}>Area {roc[0]?.area.toFixed(3)} for {roc[0]?.class}.</Text>}
          </ChartFigure>
        </div>
      )}
      {recall.length > 0 && (
        <div className={classes.panel}>
          <ChartFigure
            title="Precision and recall"
            description="How pure the rows called positive are, against how many of the positives are found. Further to the upper right is better."
            table={{ columns: ['class', 'threshold', 'recall', 'precision'], rows: recall.flatMap((curve) => curve.thresholds.map((threshold, index) => [curve.class, threshold, curve.recall[index] ?? null, curve.precision[index] ?? null])) }}
          >
            <XYChart
              label={`Precision against recall; average precision: ${recall.map((curve) => `${curve.class} ${curve.average_precision.toFixed(3)}`).join(', ')}`}
              series={recall.map((curve, index): Series => ({
                name: `${curve.class}, average precision ${curve.average_precision.toFixed(3)}`, draw: 'line', color: index + 1,
                points: curve.recall.map((x, at) => ({ x, y: curve.precision[at] ?? 0 })),
              }))}
              x={{ label: 'Recall', domain: unit }} y={{ label: 'Precision', domain: unit }}
            />
            {!several && <Text size="sm" c="dimmed" mt={4}>Average precision {recall[0]?.average_precision.toFixed(3)} for {recall[0]?.class}.</Text>}
          </ChartFigure>
        </div>
      )}
    </div>
  );
}
