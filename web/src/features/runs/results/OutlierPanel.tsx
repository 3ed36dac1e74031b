import type { OutlierScores } from '@/api';
import { ChartFigure, Histogram } from '@/charts';
import { formatNumber } from '@/components/format';
import classes from '../RunPage.module.css';

/** How unlike the others the rows are. */
export function OutlierPanel({ scores }: { scores: OutlierScores }) {
  const edges = scores.histogram_edges;
  return (
    <div className={classes.panel}>
      <ChartFigure
        title="Scores" description={`How unlike the others each row is, from 0 to 1. Rows right of the line, above ${formatNumber(scores.threshold, 3)}, count as outliers.`}
        table={{ columns: ['from', 'to', 'rows'], rows: scores.histogram_counts.map((count, index) => [edges[index] ?? null, edges[index + 1] ?? null, count]) }}
      >
        <Histogram
          label="How scores are spread" bins={{ edges, counts: scores.histogram_counts }} xLabel="Score" yLabel="Rows" height={300}
          {...(scores.threshold >= (edges[0] ?? 0) && scores.threshold <= (edges.at(-1) ?? 1) ? { mark: scores.threshold } : {})}
        />
      </ChartFigure>
    </div>
  );
}
