import { formatMetric, metricMeaning, metricTitle } from './metricWords';
import classes from './MetricTiles.module.css';

/** Metrics with a sentence each, for people who do not live with them. */
export function MetricTiles({ metrics }: { metrics: readonly { name: string; value: number | null }[] }) {
  return (
    <dl className={classes.tiles}>
      {metrics.map(({ name, value }) => (
        <div key={name} className={classes.tile} data-metric={name}>
          <dt className={classes.name}>{metricTitle(name)}</dt>
          <dd className={classes.value}>{formatMetric(name, value)}</dd>
          <dd className={classes.meaning}>{metricMeaning(name)}</dd>
        </div>
      ))}
    </dl>
  );
}
