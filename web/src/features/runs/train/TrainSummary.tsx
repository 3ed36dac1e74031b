import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import type { AlgorithmView, DatasetView, LearningTask } from '@/api';
import { counted } from '@/components/format';
import { taskNames } from '@/components/metricWords';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import type { TrainChoices } from './trainPlan';
import classes from './TrainPage.module.css';

interface TrainSummaryProps {
  dataset: DatasetView;
  choices: TrainChoices;
  task: LearningTask | null;
  algorithm: AlgorithmView | null;
  columnCount: number;
  missing: readonly string[];
  busy: boolean;
  error: unknown;
}

/** What will happen, beside the form, with the button that starts it. */
export function TrainSummary({ dataset, choices, task, algorithm, columnCount, missing, busy, error }: TrainSummaryProps) {
  const split = choices.group ? `by ${choices.group}` : choices.time ? `in time, by ${choices.time}` : task === 'regression' ? 'at random' : 'at random, classes in proportion';
  return (
    <Section title="This training" className={classes.summary}>
      <dl className={classes.list}>
        {task === 'outlier_detection'
          ? <><dt>Find</dt><dd>outliers{choices.target !== null && `, judged by ${choices.target}`}</dd></>
          : task === 'clustering'
          ? <><dt>Find</dt><dd>clusters</dd></>
          : <><dt>Predict</dt><dd>{choices.target ?? '\u2013'}{task && ` (${taskNames[task].toLowerCase()})`}</dd></>}
        <dt>From</dt><dd>{counted(columnCount, 'column')} of {dataset.name}</dd>
        <dt>With</dt><dd>{algorithm?.title ?? '\u2013'}</dd>
        <dt>Test</dt>
        <dd>{task === 'clustering' ? 'all rows are learned from and grouped' : task === 'outlier_detection' ? 'all rows are learned from and scored' : `${Number.isFinite(choices.testPercent) ? `${choices.testPercent} % of the rows` : '\u2013'}, split ${split}`}</dd>
      </dl>
      <div aria-live="polite">
        {missing.length > 0 && <ul className={classes.missing}>{missing.map((text) => <li key={text}>{text}</li>)}</ul>}
      </div>
      <Button type="submit" fullWidth loading={busy} disabled={missing.length > 0} leftSection={<IconPlayerPlay size={16} aria-hidden />}>Start training</Button>
      {error !== null && <ProblemNotice error={error} mt="sm" />}
    </Section>
  );
}
