import type { LogLine, MetricPoint, MetricSeries } from '@/api';

/** Metric values from two sources, the stored ones and the events, each step once and in order. */
export class LiveSeries {
  private readonly series = new Map<string, Map<number, number | null>>();
  private changed = false;

  add({ name, step, value }: MetricPoint) {
    let points = this.series.get(name);
    if (points === undefined) {
      points = new Map();
      this.series.set(name, points);
    }

    if (!points.has(step) || points.get(step) !== value) {
      points.set(step, value);
      this.changed = true;
    }
  }

  /** Whether something came since this was asked last. */
  takeChanged() {
    const { changed } = this;
    this.changed = false;
    return changed;
  }

  list(): MetricSeries[] {
    return [...this.series].map(([name, points]) => ({ name, points: [...points].sort(([a], [b]) => a - b) }));
  }
}

/** Log lines from the same two sources, each number once and in order. */
export class LiveLog {
  private readonly lines = new Map<number, LogLine>();
  private changed = false;

  add(line: LogLine) {
    if (!this.lines.has(line.number)) {
      this.lines.set(line.number, line);
      this.changed = true;
    }
  }

  takeChanged() {
    const { changed } = this;
    this.changed = false;
    return changed;
  }

  list(): LogLine[] {
    return [...this.lines.values()].sort((a, b) => a.number - b.number);
  }
}
