import { formatMetric, metricMeaning, metricTitle } from './metricWords';
import classes from './MetricTiles.module.css';

interface MetricTilesProps {
  metrics: readonly { name: string; value: number | null }[];
  /** Where each lies with 95 % certainty, as far as the tested rows can tell. */
  intervals?: Readonly<Record<string, { low: number | null; high: number | null }>> | null | undefined;
}

/** Metrics with a sentence each, for people who do not live with them. */
export function MetricTiles({ metrics, intervals }: MetricTilesProps) {
  const ends = new Map(Object.entries(intervals ?? {}));
  return (
    <dl className={classes.tiles}>
      {metrics.map(({ name, value }) => (
        <div key={name} className={classes.tile} data-metric={name}>
          <dt className={classes.name}>{metricTitle(name)}</dt>
          <dd className={classes.value}>{formatMetric(name, value)}</dd>
          {ends.has(name) && <dd className={classes.interval}>{formatMetric(name, ends.get(name)?.low)} to {formatMetric(name, ends.get(name)?.high)}</dd>}
          <dd className={classes.meaning}>{metricMeaning(name)}</dd>
        </div>
      ))}
    </dl>
  );
}
