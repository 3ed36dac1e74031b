import { Text } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import type { MetricSeries } from '@/api';
import { ChartFigure } from '@/charts';
import { LoadingBlock } from '@/components/Loading';
import { Section } from '@/components/Section';
import { courseOf } from './leaderboard';

const LiveCurves = lazy(() => import('@/charts/LiveCurves').then((module) => ({ default: module.LiveCurves })));

/** How the best score rose while candidates ended one after another. */
export function StudyCourse({ series, running }: { series: readonly MetricSeries[]; running: boolean }) {
  const curves = useMemo(() => courseOf(series), [series]);
  const table = useMemo(() => ({
    columns: ['candidate', ...curves.map(({ name }) => name)],
    rows: [...new Set(curves.flatMap(({ points }) => points.map(([step]) => step)))].sort((a, b) => a - b)
      .map((step) => [step, ...curves.map(({ points }) => points.find(([at]) => at === step)?.[1] ?? null)]),
  }), [curves]);
  return (
    <Section title="Course of the search" description="Each candidate's validation score, in the order in which they ended, and the best until then.">
      {curves.length === 0
        ? <Text size="sm" c="dimmed">{running ? 'The first score appears when the first candidate has been fitted on all folds.' : 'No candidate was scored.'}</Text>
        : (
          <ChartFigure title="Scores of candidates" table={table} picture={false} description="A line that has been flat for long says that more time would hardly help.">
            <Suspense fallback={<LoadingBlock height={240} />}><LiveCurves label="Scores by number of candidates" curves={curves} xLabel="Candidate" /></Suspense>
          </ChartFigure>
        )}
    </Section>
  );
}
