import { useElementSize } from '@mantine/hooks';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatNumber } from '@/components/format';
import classes from './LiveCurves.module.css';

export interface Curve {
  name: string;
  /** Pairs of step and value. */
  points: readonly (readonly [number, number | null])[];
}

interface LiveCurvesProps {
  label: string;
  curves: readonly Curve[];
  xLabel: string;
  height?: number;
}

const lookOf = (variable: string) => getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
const colorOf = (index: number) => `--series-${(index % 7) + 1}`;

/** Lines that grow while one looks: a canvas, since there may be a hundred thousand points. Below it the newest values, or those under the pointer. */
export function LiveCurves({ label, curves, xLabel, height = 220 }: LiveCurvesProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const plot = useRef<uPlot | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const scheme = useComputedColorScheme('light');
  const names = curves.map((curve) => curve.name).join('\n');
  const latest = useRef(curves);
  useEffect(() => {
    latest.current = curves;
    plot.current?.setData(aligned(curves));
  }, [curves]);

  useEffect(() => {
    if (!box.current) {
      return undefined;
    }

    const axis: uPlot.Axis = { font: '11.5px Inter Variable, sans-serif', stroke: lookOf('--mantine-color-dimmed'), grid: { stroke: lookOf('--line'), width: 1 }, ticks: { show: false } };
    const created = new uPlot({
      width: box.current.clientWidth || 600,
      height,
      scales: { x: { time: false } },
      legend: { show: false },
      axes: [
        { ...axis, label: xLabel, labelSize: 18, labelGap: 0, labelFont: '500 12px Inter Variable, sans-serif', size: 30, grid: { show: false }, values: (_, values) => values.map((value) => (Number.isInteger(value) ? String(value) : '')) },
        { ...axis, size: 54, gap: 6, values: (_, values) => values.map((value) => formatNumber(value, 4)) },
      ],
      series: [
        {},
        ...latest.current.map((_, index): uPlot.Series => ({ stroke: lookOf(colorOf(index)), width: 2, dash: index >= 7 ? [6, 4] : undefined, spanGaps: true, points: { show: false } })),
      ],
      cursor: { y: false, drag: { x: false, y: false } },
      hooks: { setCursor: [(self) => setPointed(self.cursor.idx === null || self.cursor.idx === undefined ? null : (self.data[0][self.cursor.idx] ?? null))] },
    }, aligned(latest.current), box.current);
    plot.current = created;
    return () => {
      created.destroy();
      plot.current = null;
    };
  }, [names, scheme, xLabel, height]);

  useEffect(() => {
    if (width > 0) {
      plot.current?.setSize({ width, height });
    }
  }, [width, height]);

  return (
    <div ref={ref}>
      <div ref={box} role="img" aria-label={label} />
      <div className={classes.legend}>
        {curves.map((curve, index) => (
          <span key={curve.name}><i style={{ background: `var(${colorOf(index)})` }} aria-hidden />{curve.name} <strong>{formatNumber(valueAt(curve, pointed), 4)}</strong></span>
        ))}
        {pointed !== null && <span className={classes.step}>{xLabel.toLowerCase()} {pointed}</span>}
      </div>
    </div>
  );
}

/** The value at a step, or the newest. */
function valueAt({ points }: Curve, step: number | null): number | null {
  return (step === null ? points.at(-1) : points.find(([at]) => at === step))?.[1] ?? null;
}

/** uPlot wants one shared list of steps, and a value or null of each curve at every step. */
function aligned(curves: readonly Curve[]): uPlot.AlignedData {
  const steps = [...new Set(curves.flatMap((curve) => curve.points.map(([step]) => step)))].sort((a, b) => a - b);
  const place = new Map(steps.map((step, index) => [step, index]));
  return [steps, ...curves.map((curve) => {
    const values = new Array<number | null>(steps.length).fill(null);
    curve.points.forEach(([step, value]) => {
      values[place.get(step)!] = value;
    });
    return values;
  })];
}
