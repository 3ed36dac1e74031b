import { useElementSize } from '@mantine/hooks';
import { useMemo, useState, type PointerEvent, type ReactNode } from 'react';
import { formatNumber } from '@/components/format';
import { extent, linearScale, ticks, type Scale } from './scale';
import classes from './XYChart.module.css';

export interface Point {
  x: number;
  y: number;
}

export interface Series {
  name: string;
  points: readonly Point[];
  /** A line through the points, a line with dots on them, or dots alone. */
  draw: 'line' | 'dotted-line' | 'dots';
  /** 1 to 7, of the palette. */
  color: number;
}

export interface Axis {
  label: string;
  domain?: readonly [number, number];
  format?: (value: number) => string;
}

interface XYChartProps {
  label: string;
  series: readonly Series[];
  x: Axis;
  y: Axis;
  /** A thin line for comparison, such as what guessing would give. */
  reference?: { from: Point; to: Point; name: string };
  /** A marked point, such as the chosen threshold. */
  mark?: Point | null;
  height?: number;
  legend?: ReactNode;
}

const margin = { top: 10, right: 14, bottom: 42, left: 54 };

/** Lines and dots over two number axes; pointing at it reads the nearest point out. */
export function XYChart({ label, series, x, y, reference, mark = null, height = 280 }: XYChartProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [near, setNear] = useState<{ series: Series; point: Point } | null>(null);
  const xDomain = useMemo(() => x.domain ?? extent(allOf(series, 'x'), 0.03), [x.domain, series]);
  const yDomain = useMemo(() => y.domain ?? extent(allOf(series, 'y'), 0.05), [y.domain, series]);
  const usable = Math.max(width, 200);
  const across = linearScale(xDomain, [margin.left, usable - margin.right]);
  const up = linearScale(yDomain, [height - margin.bottom, margin.top]);
  const showX = x.format ?? ((value: number) => formatNumber(value, 3));
  const showY = y.format ?? ((value: number) => formatNumber(value, 3));

  const point = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setNear(nearestPoint(series, across, up, event.clientX - box.left, event.clientY - box.top));
  };

  return (
    <div ref={ref} className={classes.chart}>
      <svg width={usable} height={height} role="img" aria-label={label} onPointerMove={point} onPointerLeave={() => setNear(null)}>
        <Axes across={across} up={up} x={x} y={y} showX={showX} showY={showY} width={usable} height={height} />
        {reference && (
          <line className={classes.reference} x1={across(reference.from.x)} y1={up(reference.from.y)} x2={across(reference.to.x)} y2={up(reference.to.y)} />
        )}
        {series.map((one) => <Drawing key={one.name} series={one} across={across} up={up} />)}
        {mark && <circle className={classes.mark} cx={across(mark.x)} cy={up(mark.y)} r={6} />}
        {near && (
          <g>
            <line className={classes.cross} x1={across(near.point.x)} x2={across(near.point.x)} y1={margin.top} y2={height - margin.bottom} />
            <circle cx={across(near.point.x)} cy={up(near.point.y)} r={4.5} fill={`var(--series-${near.series.color})`} stroke="var(--surface)" strokeWidth={1.5} />
          </g>
        )}
      </svg>
      {near && (
        <div className={classes.tip} style={tipPlace(across(near.point.x), up(near.point.y), usable)}>
          {series.length > 1 && <strong>{near.series.name}</strong>}
          <div>{x.label}: {showX(near.point.x)}</div>
          <div>{y.label}: {showY(near.point.y)}</div>
        </div>
      )}
      {(series.length > 1 || reference) && (
        <div className={classes.legend}>
          {series.length > 1 && series.map((one) => (
            <span key={one.name}><i style={{ background: `var(--series-${one.color})` }} aria-hidden />{one.name}</span>
          ))}
          {reference && <span><i className={classes.dashes} aria-hidden />{reference.name}</span>}
        </div>
      )}
    </div>
  );
}

function* allOf(series: readonly Series[], axis: 'x' | 'y') {
  for (const one of series) {
    for (const point of one.points) {
      yield point[axis];
    }
  }
}

interface AxesProps {
  across: Scale;
  up: Scale;
  x: Axis;
  y: Axis;
  showX: (value: number) => string;
  showY: (value: number) => string;
  width: number;
  height: number;
}

function Axes({ across, up, x, y, showX, showY, width, height }: AxesProps) {
  return (
    <g className={classes.axes} aria-hidden>
      {ticks(up.domain, 5).map((value) => (
        <g key={value}>
          <line className={classes.grid} x1={margin.left} x2={width - margin.right} y1={up(value)} y2={up(value)} />
          <text x={margin.left - 8} y={up(value) + 4} textAnchor="end">{showY(value)}</text>
        </g>
      ))}
      {ticks(across.domain, Math.max(3, Math.floor(width / 90))).map((value) => (
        <text key={value} x={across(value)} y={height - margin.bottom + 18} textAnchor="middle">{showX(value)}</text>
      ))}
      <line className={classes.base} x1={margin.left} x2={width - margin.right} y1={height - margin.bottom} y2={height - margin.bottom} />
      <text className={classes.axisName} x={(margin.left + width - margin.right) / 2} y={height - 6} textAnchor="middle">{x.label}</text>
      <text className={classes.axisName} transform={`translate(13 ${(margin.top + height - margin.bottom) / 2}) rotate(-90)`} textAnchor="middle">{y.label}</text>
    </g>
  );
}

function Drawing({ series, across, up }: { series: Series; across: Scale; up: Scale }) {
  const color = `var(--series-${series.color})`;
  return (
    <g>
      {series.draw !== 'dots' && (
        <polyline className={classes.line} stroke={color} points={series.points.map((point) => `${across(point.x).toFixed(1)},${up(point.y).toFixed(1)}`).join(' ')} />
      )}
      {series.draw !== 'line' && series.points.map((point, index) => (
        <circle key={index} cx={across(point.x).toFixed(1)} cy={up(point.y).toFixed(1)} r={series.draw === 'dots' ? 2.4 : 3.5} fill={color} fillOpacity={series.draw === 'dots' ? 0.45 : 1} />
      ))}
    </g>
  );
}

function nearestPoint(series: readonly Series[], across: Scale, up: Scale, pixelX: number, pixelY: number) {
  let best: { series: Series; point: Point } | null = null;
  let distance = 60 ** 2;
  for (const one of series) {
    for (const point of one.points) {
      const away = (across(point.x) - pixelX) ** 2 + (up(point.y) - pixelY) ** 2;
      if (away < distance) {
        [best, distance] = [{ series: one, point }, away];
      }
    }
  }

  return best;
}

function tipPlace(x: number, y: number, width: number) {
  return x > width / 2 ? { right: width - x + 12, top: Math.max(0, y - 16) } : { left: x + 12, top: Math.max(0, y - 16) };
}
