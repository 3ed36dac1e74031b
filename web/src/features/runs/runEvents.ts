import type { LogLine, MetricPoint, MetricSeries } from '@/api';

/** What the event stream has brought; it grows in place, since there may be thousands of events a second. */
export class RunEvents {
  readonly points: MetricPoint[] = [];
  readonly lines: LogLine[] = [];

  get count() {
    return this.points.length + this.lines.length;
  }

  addPoint(point: MetricPoint) {
    this.points.push(point);
  }

  addLine(line: LogLine) {
    this.lines.push(line);
  }
}

/** Stored and streamed values together, each step once and in order. */
export function mergeSeries(stored: readonly MetricSeries[], points: readonly MetricPoint[]): MetricSeries[] {
  const all = new Map(stored.map(({ name, points: known }) => [name, new Map(known.map(([step, value]) => [step ?? 0, value ?? null]))]));
  for (const { name, step, value } of points) {
    const series = all.get(name);
    if (series === undefined) {
      all.set(name, new Map([[step, value]]));
    } else {
      series.set(step, value);
    }
  }

  return [...all].map(([name, values]) => ({ name, points: [...values].sort(([a], [b]) => a - b) }));
}

/** Stored and streamed lines together, each number once and in order. */
export function mergeLog(stored: readonly LogLine[], streamed: readonly LogLine[]): LogLine[] {
  const all = new Map([...stored, ...streamed].map((line) => [line.number, line]));
  return [...all.values()].sort((a, b) => a.number - b.number);
}
