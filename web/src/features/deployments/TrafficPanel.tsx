import { SegmentedControl } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries, type DeploymentTraffic, type DeploymentView } from '@/api';
import { ChartFigure, XYChart, type Series } from '@/charts';
import { EmptyState } from '@/components/EmptyState';
import { formatCount, formatNumber, formatShare } from '@/components/format';
import { LoadingBlock } from '@/components/Loading';
import { Notes } from '@/components/Notes';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { periods } from './periods';
import { agoText, latencySeries, requestSeries, type ModelPoints, type Quantile } from './trafficSeries';
import { modelTitle } from './words';
import classes from './DeploymentPage.module.css';

const quantiles = [{ value: 'p50', label: 'Half' }, { value: 'p95', label: '95 %' }, { value: 'p99', label: '99 %' }];

/** Requests, errors and latency by model. */
export function TrafficPanel({ deployment }: { deployment: DeploymentView }) {
  const [hours, setHours] = useState('24');
  const traffic = useQuery(queries.deploymentTraffic(deployment.name, Number(hours)));
  return (
    <Section
      title="Requests and latency" description="Counted by the server, minute by minute."
      actions={<SegmentedControl size="xs" data={periods} value={hours} onChange={setHours} aria-label="How far back" />}
    >
      {traffic.isPending && <LoadingBlock height={280} />}
      {traffic.isError && <ProblemNotice error={traffic.error} onRetry={() => void traffic.refetch()} />}
      {traffic.data && <Traffic deployment={deployment} traffic={traffic.data} hours={Number(hours)} now={traffic.dataUpdatedAt} />}
    </Section>
  );
}

function Traffic({ deployment, traffic, hours, now }: { deployment: DeploymentView; traffic: DeploymentTraffic; hours: number; now: number }) {
  const [quantile, setQuantile] = useState<Quantile>('p95');
  if (traffic.minutes.length === 0) {
    return <EmptyState icon={IconActivity} title="Nobody has asked it in this time">Ask it under “Try it”, or send rows to <code>POST /api/deployments/{deployment.name}/predictions</code>.</EmptyState>;
  }

  const requests = drawn(deployment, requestSeries(traffic.minutes, hours, now));
  const latency = drawn(deployment, latencySeries(traffic.minutes, hours, quantile, now));
  const x = { label: 'Time', format: agoText, domain: [-hours, 0] as const };
  return (
    <div className={classes.stack}>
      <Totals traffic={traffic} />
      <Notes notes={lost(traffic)} title="Worth knowing" />
      <div className={classes.charts}>
        <ChartFigure title="Requests a minute" description="Answered, refused and failed together." table={tableOf(requests, 'requests a minute')}>
          <XYChart label="Requests a minute" series={requests} x={x} y={{ label: 'Requests a minute', domain: fromZero(requests) }} height={260} />
        </ChartFigure>
        <ChartFigure
          title="Latency" description="So many of 100 answers took less, on the server." table={tableOf(latency, 'milliseconds')}
          controls={<SegmentedControl size="xs" data={quantiles} value={quantile} onChange={(value) => setQuantile(value as Quantile)} mb="xs" aria-label="Which share of answers" />}
        >
          <XYChart label="Latency in milliseconds" series={latency} x={x} y={{ label: 'Milliseconds', domain: fromZero(latency) }} height={260} />
        </ChartFigure>
      </div>
    </div>
  );
}

function Totals({ traffic }: { traffic: DeploymentTraffic }) {
  const sum = (of: (model: DeploymentTraffic['models'][number]) => number) => traffic.models.reduce((all, model) => all + of(model), 0);
  const [answered, refused, failed] = [sum((model) => model.answered), sum((model) => model.refused), sum((model) => model.failed)];
  const slowest = Math.max(...traffic.models.map(({ latency }) => latency?.p95 ?? 0));
  const facts: [string, string][] = [
    ['Answered', formatCount(answered)], ['Rows', formatCount(sum((model) => model.rows))], ['Refused', formatCount(refused)], ['Failed', formatCount(failed)],
    ['Share of failures', formatShare(answered + failed === 0 ? null : failed / (answered + failed))], ['95 % within', slowest === 0 ? '\u2013' : `${formatNumber(slowest, 3)} ms`], ['In the log', formatCount(traffic.logged)],
  ];
  return <dl className={classes.tiles}>{facts.map(([name, value]) => <div key={name} className={classes.tile}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}

function lost({ dropped, shadows_dropped }: DeploymentTraffic): string[] {
  return [
    ...(dropped > 0 ? [`${formatCount(dropped)} predictions were answered and not logged, because the disk did not take them in time.`] : []),
    ...(shadows_dropped > 0 ? [`Shadow models were not asked about ${formatCount(shadows_dropped)} requests, because they could not keep up.`] : []),
  ];
}

function fromZero(series: readonly Series[]): readonly [number, number] {
  return [0, 1.08 * Math.max(1e-3, ...series.flatMap(({ points }) => points.map(({ y }) => y)))];
}

/** A colour for each model, the same as in the list of models; what is served no more is grey. */
function drawn({ current }: DeploymentView, models: readonly ModelPoints[]): Series[] {
  return models.map(({ modelId, points }, index) => {
    const place = current.models.findIndex(({ model_id }) => model_id === modelId);
    return {
      name: place < 0 ? `served before${models.length > 1 ? ` (${modelId.slice(-4)})` : ''}` : modelTitle(current.models[place]!), points, draw: points.length < 3 ? 'dotted-line' : 'line',
      color: place < 0 ? 7 - (index % 2) : (place % 7) + 1,
    };
  });
}

function tableOf(series: readonly Series[], value: string) {
  return { columns: ['model', 'hours ago', value], rows: series.flatMap((one) => one.points.map(({ x, y }) => [one.name, Math.round(-x * 1000) / 1000, y])) };
}
