import { Button } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { queries, startRun, type DatasetView, type MetricView, type PresetView } from '@/api';
import { counted } from '@/components/format';
import { metricInText, taskNames } from '@/components/metricWords';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { useNewRun } from '@/components/useNewRun';
import { ColumnChoice } from '../train/ColumnChoice';
import { StructureChoice } from '../train/StructureChoice';
import { TargetChoice } from '../train/TargetChoice';
import { initialChoices, likelyTask, missingChoices, runRequest, usedColumns, type TrainChoices } from '../train/trainPlan';
import { FindTest } from './FindTest';
import { LimitChoice } from './LimitChoice';
import { presetWords, studyMetric, studyProblems, studySettings, timeInWords, usualStudy, type StudyChoices } from './study';
import { StudyChoice } from './StudyChoice';
import classes from '../train/TrainPage.module.css';

interface FindFormProps {
  dataset: DatasetView;
  presets: readonly PresetView[];
  metrics: readonly MetricView[];
}

/** What to predict, how much to try and for how long. */
export function FindForm({ dataset, presets, metrics }: FindFormProps) {
  const [choices, setChoices] = useState<TrainChoices>(() => ({ ...initialChoices(dataset, presets), algorithm: 'automl' }));
  const [asked, setAsked] = useState<StudyChoices>(usualStudy);
  const profile = useQuery(queries.profile(dataset.id, choices.target));
  const preset = presets.find((one) => one.name === choices.preset) ?? null;
  const columns = useMemo(() => dataset.columns.map((column) => column.name), [dataset.columns]);
  const target = profile.data?.columns.find((column) => column.name === choices.target);
  const task = likelyTask(target, choices.kind, preset);
  const fitting = metrics.filter((one) => task === null || one.tasks.includes(task));
  const study = { ...asked, metric: fitting.some(({ name }) => name === asked.metric) ? asked.metric : null };
  const missing = [...missingChoices(choices, columns, preset, 0, [], task), ...studyProblems(study)];
  const change = (some: Partial<TrainChoices>) => setChoices((current) => ({ ...current, ...some }));
  const ask = (some: Partial<StudyChoices>) => setAsked((current) => ({ ...current, ...some }));

  const start = useNewRun(async () => (await startRun(runRequest(dataset.id, choices, columns, { preset, settings: studySettings(study), task }))).id);

  return (
    <form
      className={classes.form} noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (missing.length === 0 && !start.isPending) {
          start.mutate();
        }
      }}
    >
      <div className={classes.sections}>
        <TargetChoice dataset={dataset} presets={presets} preset={preset} choices={choices} task={task} profile={target} onChange={(some) => change({ ...some, algorithm: 'automl' })} predictsOnly />
        <ColumnChoice columns={dataset.columns} profile={profile} preset={preset} choices={choices} onDropped={(dropped) => change({ dropped })} />
        <StructureChoice columns={columns} preset={preset} choices={choices} onChange={change} />
        <StudyChoice study={study} task={task} metrics={fitting} onChange={ask} />
        <LimitChoice study={study} onChange={ask} />
        <FindTest choices={choices} rowCount={dataset.row_count} onChange={change} />
      </div>
      <Section title="This search" className={classes.summary}>
        <dl className={classes.list}>
          <dt>Predict</dt><dd>{choices.target ?? '\u2013'}{task && ` (${taskNames[task].toLowerCase()})`}</dd>
          <dt>From</dt><dd>{counted(usedColumns(choices, columns, preset).length, 'column')} of {dataset.name}</dd>
          <dt>Try</dt><dd>{presetWords[study.preset].title}, by {metricInText(study.metric ?? studyMetric(task))}</dd>
          <dt>Time</dt><dd>{timeInWords(study)}</dd>
          <dt>Test</dt><dd>{Number.isFinite(choices.testPercent) ? `${choices.testPercent} % of the rows` : '\u2013'}{choices.group ? `, split by ${choices.group}` : choices.time ? `, the latest by ${choices.time}` : ''}</dd>
        </dl>
        <div aria-live="polite">
          {missing.length > 0 && <ul className={classes.missing}>{missing.map((text) => <li key={text}>{text}</li>)}</ul>}
        </div>
        <Button type="submit" fullWidth loading={start.isPending} disabled={missing.length > 0} leftSection={<IconSparkles size={16} aria-hidden />}>Find the best model</Button>
        {start.error !== null && <ProblemNotice error={start.error} mt="sm" />}
      </Section>
    </form>
  );
}
