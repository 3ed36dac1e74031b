import { Button, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { hasEnded, queries, runStatus, type RunView } from '@/api';
import { ChartFigure } from '@/charts';
import { counted } from '@/components/format';
import { LoadingBlock } from '@/components/Loading';
import { metricBetter, metricMeaning, metricTitle } from '@/components/metricWords';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { runCurves, type RunCurves } from './runCurves';
import classes from '../RunPage.module.css';

const LiveCurves = lazy(() => import('@/charts/LiveCurves').then((module) => ({ default: module.LiveCurves })));
const atFirst = 8;
const againInMilliseconds = 5_000;

/** How the metrics of one or several runs moved from step to step. */
export function ReportedCurves({ runs }: { runs: readonly RunView[] }) {
  const [all, setAll] = useState(false);
  const asked = useQueries({
    queries: runs.map((run) => ({ ...queries.runMetrics(run.id), refetchInterval: hasEnded(runStatus(run)) ? (false as const) : againInMilliseconds })),
  });
  const charts = runCurves(runs, asked.map(({ data }) => data?.series));
  const broken = asked.find(({ isError }) => isError);
  const hidden = all ? 0 : Math.max(0, charts.length - atFirst);
  return (
    <Section title="Curves" description="Long series are thinned for the picture; the highest and lowest value of each stretch stay.">
      {broken && <ProblemNotice error={broken.error} onRetry={() => void broken.refetch()} />}
      {asked.some(({ isPending }) => isPending) && <LoadingBlock height={240} />}
      {!broken && asked.every(({ isSuccess }) => isSuccess) && charts.length === 0 && <Text size="sm" c="dimmed">No metric was logged at more than one step.</Text>}
      <div className={classes.curves}>{charts.slice(0, all ? undefined : atFirst).map((group) => <MetricChart key={group.metric} group={group} />)}</div>
      {hidden > 0 && <Button variant="default" size="xs" mt="md" onClick={() => setAll(true)}>Show {counted(hidden, 'more chart')}</Button>}
    </Section>
  );
}

function MetricChart({ group }: { group: RunCurves }) {
  const title = metricTitle(group.metric);
  const better = metricBetter(group.metric);
  const table = useMemo(() => ({
    columns: ['run', 'step', 'value'],
    rows: group.curves.flatMap((curve) => curve.points.map(([step, value]) => [curve.name, step, value])),
  }), [group]);
  return (
    <ChartFigure
      title={title} table={table} picture={false}
      description={`${metricMeaning(group.metric) ?? 'By step.'}${better === null ? '' : better === 'lower' ? ' Lower is better.' : ' Higher is better.'}`}
    >
      <Suspense fallback={<LoadingBlock height={240} />}><LiveCurves label={`${title} by step`} curves={group.curves} xLabel="Step" /></Suspense>
    </ChartFigure>
  );
}
