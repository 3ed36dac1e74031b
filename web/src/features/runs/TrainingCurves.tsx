import { Text } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import type { MetricSeries } from '@/api';
import { ChartFigure } from '@/charts';
import { LoadingBlock } from '@/components/Loading';
import { metricBetter, metricMeaning, metricTitle } from '@/components/metricWords';
import { Section } from '@/components/Section';
import { metricGroups, type MetricGroup } from './metricGroups';
import classes from './RunPage.module.css';

const LiveCurves = lazy(() => import('@/charts/LiveCurves').then((module) => ({ default: module.LiveCurves })));

/** How the metrics moved from iteration to iteration. */
export function TrainingCurves({ series, running }: { series: readonly MetricSeries[]; running: boolean }) {
  const groups = useMemo(() => metricGroups(series), [series]);
  return (
    <Section title="Course of the training" description="Measured on the rows learned from and on the test rows. The test rows are only watched: nothing is learned from them or decided by them.">
      {groups.length === 0
        ? <Text size="sm" c="dimmed">{running ? 'The first values appear when the first iteration is done.' : 'This algorithm learns in one go; there are no iterations to show.'}</Text>
        : <div className={classes.curves}>{groups.map((group) => <GroupChart key={group.metric} group={group} />)}</div>}
    </Section>
  );
}

function GroupChart({ group }: { group: MetricGroup }) {
  const title = metricTitle(group.metric);
  const better = metricBetter(group.metric);
  const table = useMemo(() => ({
    columns: ['iteration', ...group.curves.map((curve) => curve.name)],
    rows: [...new Set(group.curves.flatMap((curve) => curve.points.map(([step]) => step)))].sort((a, b) => a - b)
      .map((step) => [step, ...group.curves.map((curve) => curve.points.find(([at]) => at === step)?.[1] ?? null)]),
  }), [group]);
  return (
    <ChartFigure
      title={title} table={table} picture={false}
      description={`${metricMeaning(group.metric) ?? 'By iteration.'}${better === null ? '' : better === 'lower' ? ' Lower is better.' : ' Higher is better.'}`}
    >
      <Suspense fallback={<LoadingBlock height={240} />}>
        <LiveCurves label={`${title} by iteration`} curves={group.curves} xLabel="Iteration" />
      </Suspense>
    </ChartFigure>
  );
}
