import { formatCount, formatNumber } from '@/components/format';
import type { Bins } from './Histogram';
import classes from './Spark.module.css';

interface SparkHistogramProps {
  bins: Bins;
  label: string;
  format?: (value: number | undefined) => string;
}

/** A small histogram for a list of columns. */
export function SparkHistogram({ bins, label, format = (value) => formatNumber(value, 3) }: SparkHistogramProps) {
  const most = Math.max(1, ...bins.counts);
  const width = 100 / Math.max(1, bins.counts.length);
  return (
    <div>
      <svg className={classes.spark} viewBox="0 0 100 40" preserveAspectRatio="none" role="img" aria-label={label}>
        {bins.counts.map((count, index) => {
          const height = count === 0 ? 0 : Math.max(1, (count / most) * 39);
          return (
            <rect key={index} x={index * width + width * 0.06} width={width * 0.88} y={40 - height} height={height}>
              <title>{`${format(bins.edges[index])} to ${format(bins.edges[index + 1])}: ${formatCount(count)} rows`}</title>
            </rect>
          );
        })}
      </svg>
      <div className={classes.ends} aria-hidden>
        <span>{format(bins.edges[0])}</span>
        <span>{format(bins.edges.at(-1))}</span>
      </div>
    </div>
  );
}
