import { useElementSize } from '@mantine/hooks';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatNumber } from '@/components/format';

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

/** Lines that grow while one looks: a canvas, since there may be a hundred thousand points. */
export function LiveCurves({ label, curves, xLabel, height = 240 }: LiveCurvesProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const plot = useRef<uPlot | null>(null);
  const box = useRef<HTMLDivElement>(null);
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

    const axis = (text: string): uPlot.Axis => ({
      label: text, labelSize: 22, labelFont: '500 12px Inter Variable, sans-serif', font: '11.5px Inter Variable, sans-serif',
      stroke: lookOf('--mantine-color-dimmed'), grid: { stroke: lookOf('--line'), width: 1 }, ticks: { show: false },
    });
    const options: uPlot.Options = {
      width: box.current.clientWidth || 600,
      height,
      scales: { x: { time: false } },
      axes: [axis(xLabel), { ...axis(''), size: 62, values: (_, values) => values.map((value) => formatNumber(value, 4)) }],
      series: [
        { label: xLabel },
        ...latest.current.map((curve, index): uPlot.Series => ({
          label: curve.name, stroke: lookOf(`--series-${(index % 7) + 1}`), width: 2, dash: index >= 7 ? [6, 4] : undefined, spanGaps: true,
          points: { show: false }, value: (_, value: number | null) => formatNumber(value, 4),
        })),
      ],
      cursor: { y: false },
    };
    const created = new uPlot(options, aligned(latest.current), box.current);
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

  return <div ref={ref}><div ref={box} role="img" aria-label={label} /></div>;
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
