import { Text } from '@mantine/core';
import type { StepRequest, TrainedRun } from '@/api';
import { formatShare, humanize } from '@/components/format';
import { kindNames, metricTitle } from '@/components/metricWords';
import { Pairs } from '@/components/Pairs';
import { Section } from '@/components/Section';
import { ArtifactList } from './ArtifactList';
import classes from './RunPage.module.css';

/** Everything needed to do the same again, and the files that came of it. */
export function PlanPanel({ run }: { run: TrainedRun }) {
  const { plan } = run;
  const settings = Object.entries(plan.hyperparameters);
  const rows: [string, string][] = [
    ['Column to predict', plan.target ?? 'none'],
    ['Kind of answer', plan.task === null ? 'told from the column' : kindNames[plan.task]],
    ['Class of interest', plan.positive_class ?? 'none chosen'],
    ['Algorithm', humanize(plan.algorithm)],
    ['Preset', run.preset ?? 'none'],
    ['Rows kept together by', plan.group ?? 'nothing'],
    ['Ordered in time by', plan.time ?? 'nothing'],
    ['Row weights', plan.weight ?? 'none'],
    ['Rows for the test', `${Math.round(plan.test_size * 1000) / 10} %`],
    ['Seed', String(plan.seed)],
    ['Threads', plan.threads === null ? 'all' : String(plan.threads)],
    ['Preparation', plan.preparation ? plan.preparation.map(stepText).join(', then ') : 'the usual steps of the algorithm'],
    ['Calibration', plan.calibration ? humanize(plan.calibration) : 'none'],
    ['Classes called', plan.costs ? `by costs: ${plan.costs.map((line) => line.join(', ')).join(' | ')}` : plan.decision_metric ? `from the threshold best by ${metricTitle(plan.decision_metric)}` : 'the most probable one'],
    ['Intervals or sets', plan.intervals ? `cover ${formatShare(plan.intervals, 1)}${plan.interval_method ? `, by ${plan.interval_method.replaceAll('_', ' ')}` : ''}` : 'none'],
    ['Columns not learned from', plan.drop.length === 0 ? 'none' : plan.drop.join(', ')],
  ];
  return (
    <div className={classes.pair} style={{ alignItems: 'start' }}>
      <Section title="Plan" flush><Pairs rows={rows} /></Section>
      <div className={classes.stack}>
        <Section title="Algorithm settings" flush={settings.length > 0}>
          {settings.length === 0 ? <Text size="sm" c="dimmed">All at their defaults.</Text> : <Pairs rows={settings.map(([name, value]) => [humanize(name), String(value)])} />}
        </Section>
        <ArtifactList runId={run.id} />
      </div>
    </div>
  );
}

function stepText({ step, settings }: StepRequest): string {
  const set = Object.entries(settings ?? {}).map(([name, value]) => `${name}=${Array.isArray(value) ? value.join('|') : String(value)}`);
  return set.length === 0 ? humanize(step).toLowerCase() : `${humanize(step).toLowerCase()} (${set.join(', ')})`;
}
