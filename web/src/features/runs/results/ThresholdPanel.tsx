import { Slider } from '@mantine/core';
import { useState } from 'react';
import type { ThresholdPoint } from '@/api';
import { ChartFigure, XYChart } from '@/charts';
import { formatCount, formatShare } from '@/components/format';
import { nearestThreshold } from './nearestThreshold';
import classes from './ThresholdPanel.module.css';
import page from '../RunPage.module.css';

interface ThresholdPanelProps {
  thresholds: readonly ThresholdPoint[];
  positive: string;
  negative: string;
}

const asShare = (value: number) => formatShare(value, 0);

/** What calling a row positive from another probability on would change. */
export function ThresholdPanel({ thresholds, positive, negative }: ThresholdPanelProps) {
  const [wanted, setWanted] = useState(0.5);
  const point = nearestThreshold(thresholds, wanted);
  if (!point) {
    return null;
  }

  const facts: [string, number, string][] = [
    [`${positive}, found`, point.tp, `truly ${positive} and called so`],
    [`${positive}, missed`, point.fn, `truly ${positive} but called ${negative}`],
    ['False alarms', point.fp, `truly ${negative} but called ${positive}`],
    [`${negative}, left alone`, point.tn, `truly ${negative} and called so`],
  ];
  return (
    <div className={page.panel}>
      <ChartFigure
        title="Threshold"
        description={`A row is called ${positive} from this probability on. Move it up to raise fewer false alarms, down to miss fewer.`}
        table={{ columns: ['threshold', 'precision', 'recall', 'found', 'missed', 'false alarms', 'left alone'], rows: thresholds.map((one) => [one.threshold, one.precision, one.recall, one.tp, one.fn, one.fp, one.tn]) }}
      >
        <XYChart
          label="Precision and recall at every threshold" height={200}
          series={[
            { name: 'Precision', draw: 'line', color: 1, points: thresholds.map((one) => ({ x: one.threshold, y: one.precision })) },
            { name: 'Recall', draw: 'line', color: 2, points: thresholds.map((one) => ({ x: one.threshold, y: one.recall })) },
          ]}
          x={{ label: `Threshold on the probability of ${positive}`, domain: [0, 1] }} y={{ label: 'Share', domain: [0, 1], format: asShare }}
          reference={{ from: { x: wanted, y: 0 }, to: { x: wanted, y: 1 }, name: 'chosen threshold' }}
        />
      </ChartFigure>
      <Slider
        min={0} max={1} step={0.01} value={wanted} onChange={setWanted} label={(value) => value.toFixed(2)} thumbLabel="Threshold" mt="md"
        marks={[{ value: 0.25, label: '0.25' }, { value: 0.5, label: '0.50' }, { value: 0.75, label: '0.75' }]} mb="xl"
      />
      <dl className={classes.rates} aria-live="polite">
        <div><dt>Threshold</dt><dd>{point.threshold.toFixed(2)}</dd></div>
        <div><dt>Precision</dt><dd data-fact="precision">{formatShare(point.precision)}</dd></div>
        <div><dt>Recall</dt><dd data-fact="recall">{formatShare(point.recall)}</dd></div>
        <div><dt>Accuracy</dt><dd>{formatShare(point.accuracy)}</dd></div>
      </dl>
      <dl className={classes.counts}>
        {facts.map(([name, count, meaning]) => <div key={name} title={meaning}><dt>{name}</dt><dd>{formatCount(count)}</dd></div>)}
      </dl>
    </div>
  );
}
