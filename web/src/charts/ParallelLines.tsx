import { useElementSize } from '@mantine/hooks';
import classes from './ParallelLines.module.css';

export interface ParallelAxis {
  name: string;
  /** What stands at places from 0 (bottom) to 1 (top) of the axis. */
  ticks: readonly { place: number; text: string }[];
}

export interface ParallelLine {
  key: string;
  /** A place from 0 to 1 an axis; null where it has none. */
  places: readonly (number | null)[];
  /** From 0, hardly to be seen, to 1. */
  weight: number;
  best: boolean;
}

const margin = { top: 28, bottom: 26, side: 64 };
const leastAxisGap = 110;

/** A line for each thing over upright axes side by side, the best one in a colour of its own. */
export function ParallelLines({ label, axes, lines, height = 300 }: { label: string; axes: readonly ParallelAxis[]; lines: readonly ParallelLine[]; height?: number }) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const usable = Math.max(width, 2 * margin.side + leastAxisGap * Math.max(1, axes.length - 1));
  const across = (axis: number) => margin.side + (axes.length > 1 ? (axis * (usable - 2 * margin.side)) / (axes.length - 1) : 0);
  const up = (place: number) => height - margin.bottom - place * (height - margin.top - margin.bottom);
  const path = (line: ParallelLine) => {
    const points = line.places.flatMap((place, axis) => (place === null ? [] : [`${across(axis).toFixed(1)},${up(place).toFixed(1)}`]));
    return points.length > 0 ? `M${points.join('L')}` : '';
  };
  const ordered = [...lines].sort((a, b) => Number(a.best) - Number(b.best) || a.weight - b.weight);
  return (
    <div ref={ref} className={classes.chart} tabIndex={0} role="region" aria-label={`${label}, may be scrolled sideways`}>
      <svg width={usable} height={height} role="img" aria-label={label}>
        {axes.map((axis, index) => (
          <g key={axis.name}>
            <line className={classes.axis} x1={across(index)} x2={across(index)} y1={up(0)} y2={up(1)} />
            <text className={classes.label} x={across(index)} y={14} textAnchor="middle">{axis.name}</text>
            {axis.ticks.map((tick) => <text key={tick.text} className={classes.tick} x={across(index) + 5} y={up(tick.place) + 4}>{tick.text}</text>)}
          </g>
        ))}
        {ordered.map((line) => <path key={line.key} className={line.best ? classes.best : classes.line} d={path(line)} opacity={line.best ? 1 : 0.12 + 0.6 * line.weight} />)}
      </svg>
    </div>
  );
}
