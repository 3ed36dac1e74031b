import { useElementSize } from '@mantine/hooks';
import { formatCount, formatNumber } from '@/components/format';
import { linearScale, ticks } from './scale';
import classes from './XYChart.module.css';

export interface Bins {
  /** One more than there are counts. */
  edges: readonly number[];
  counts: readonly number[];
}

interface HistogramProps {
  label: string;
  bins: Bins;
  xLabel: string;
  yLabel: string;
  height?: number;
  /** A value to mark with a line, such as zero. */
  mark?: number;
}

const margin = { top: 10, right: 14, bottom: 42, left: 54 };

export function Histogram({ label, bins, xLabel, yLabel, height = 260, mark }: HistogramProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const usable = Math.max(width, 200);
  const across = linearScale([bins.edges[0] ?? 0, bins.edges.at(-1) ?? 1], [margin.left, usable - margin.right]);
  const up = linearScale([0, Math.max(1, ...bins.counts) * 1.05], [height - margin.bottom, margin.top]);
  return (
    <div ref={ref} className={classes.chart}>
      <svg width={usable} height={height} role="img" aria-label={label}>
        <g className={classes.axes} aria-hidden>
          {ticks(up.domain, 4).map((value) => (
            <g key={value}>
              <line className={classes.grid} x1={margin.left} x2={usable - margin.right} y1={up(value)} y2={up(value)} />
              <text x={margin.left - 8} y={up(value) + 4} textAnchor="end">{formatCount(value)}</text>
            </g>
          ))}
          {ticks(across.domain, Math.floor(usable / 90)).map((value) => (
            <text key={value} x={across(value)} y={height - margin.bottom + 18} textAnchor="middle">{formatNumber(value, 3)}</text>
          ))}
          <text className={classes.axisName} x={(margin.left + usable - margin.right) / 2} y={height - 6} textAnchor="middle">{xLabel}</text>
          <text className={classes.axisName} transform={`translate(13 ${(margin.top + height - margin.bottom) / 2}) rotate(-90)`} textAnchor="middle">{yLabel}</text>
        </g>
        {bins.counts.map((count, index) => {
          const left = across(bins.edges[index] ?? 0);
          const right = across(bins.edges[index + 1] ?? 0);
          return (
            <rect key={index} x={left + 0.5} width={Math.max(1, right - left - 1)} y={up(count)} height={up(0) - up(count)} fill="var(--series-1)" fillOpacity={0.85}>
              <title>{`${formatNumber(bins.edges[index])} to ${formatNumber(bins.edges[index + 1])}: ${formatCount(count)}`}</title>
            </rect>
          );
        })}
        <line className={classes.base} x1={margin.left} x2={usable - margin.right} y1={up(0)} y2={up(0)} />
        {mark !== undefined && <line className={classes.reference} x1={across(mark)} x2={across(mark)} y1={margin.top} y2={height - margin.bottom} />}
      </svg>
    </div>
  );
}
