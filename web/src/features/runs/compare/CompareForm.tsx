import { Button, NumberInput, Select, SimpleGrid, TextInput } from '@mantine/core';
import { IconArrowsSort } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { queries, startComparison, type AlgorithmView, type DatasetView, type LearningTask, type MetricView, type PresetView, type StepView } from '@/api';
import { counted } from '@/components/format';
import { taskNames } from '@/components/metricWords';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { ColumnChoice } from '../train/ColumnChoice';
import { orderedClasses } from '../train/finish';
import { FinishChoice } from '../train/FinishChoice';
import { arrayKinds, comparable, inOrder, usualComparison } from '../train/knownAlgorithms';
import { PreparationChoice } from '../train/PreparationChoice';
import { StructureChoice } from '../train/StructureChoice';
import { TargetChoice } from '../train/TargetChoice';
import { initialChoices, learnedClasses, likelyTask, usedColumns, type TrainChoices } from '../train/trainPlan';
import { AlgorithmChecks } from './AlgorithmChecks';
import { comparisonRequest, missingForComparison, usualFolds, usualMetric, type CompareChoices } from './comparePlan';
import classes from '../train/TrainPage.module.css';

interface CompareFormProps {
  dataset: DatasetView;
  presets: readonly PresetView[];
  algorithms: readonly AlgorithmView[];
  steps: readonly StepView[];
  metrics: readonly MetricView[];
}

/** What is compared, on what, by which metric. */
export function CompareForm({ dataset, presets, algorithms: known, steps, metrics }: CompareFormProps) {
  const [choices, setChoices] = useState<TrainChoices>(() => initialChoices(dataset, presets));
  const [asked, setAsked] = useState<readonly string[] | null>(null);
  const [measure, setMeasure] = useState({ folds: usualFolds, metric: null as string | null, minutes: null as number | null });
  const profile = useQuery(queries.profile(dataset.id, choices.target));
  const preset = presets.find((one) => one.name === choices.preset) ?? null;
  const columns = useMemo(() => dataset.columns.map((column) => column.name), [dataset.columns]);
  const target = profile.data?.columns.find((column) => column.name === choices.target);
  const task = likelyTask(target, choices.kind, preset);
  const kinds = useMemo(() => arrayKinds(dataset.columns), [dataset.columns]);
  const algorithms = useMemo(() => inOrder(known, kinds), [known, kinds]);
  const able = new Set(comparable(algorithms, task).map(({ name }) => name));
  const chosen = (asked ?? usualComparison(algorithms, task, kinds)).filter((name) => able.has(name));
  const fitting = metrics.filter((one) => task === null || one.tasks.includes(task));
  const compare: CompareChoices = { ...measure, metric: fitting.some(({ name }) => name === measure.metric) ? measure.metric : null, algorithms: chosen };
  const missing = missingForComparison(choices, compare, columns, preset, steps, task);
  const change = (some: Partial<TrainChoices>) => setChoices((current) => ({ ...current, ...some }));

  const client = useQueryClient();
  const navigate = useNavigate();
  const start = useMutation({
    mutationFn: () => startComparison(comparisonRequest(dataset.id, choices, compare, columns, preset, steps, task)),
    onSuccess: (comparison) => {
      void client.invalidateQueries({ queryKey: ['comparisons'], exact: true });
      void client.invalidateQueries({ queryKey: ['jobs'], exact: true });
      void navigate({ to: '/compare/$comparisonId', params: { comparisonId: comparison.id } });
    },
  });

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
        <TargetChoice dataset={dataset} presets={presets} preset={preset} choices={choices} task={task} profile={target} onChange={change} predictsOnly />
        <ColumnChoice columns={dataset.columns} profile={profile} preset={preset} choices={choices} onDropped={(dropped) => change({ dropped })} />
        <StructureChoice columns={columns} preset={preset} choices={choices} onChange={change} />
        <PreparationChoice known={steps} steps={choices.preparation} columns={columns} algorithm={null} onChange={(preparation) => change({ preparation })} />
        <AlgorithmChecks algorithms={algorithms} task={task} kinds={kinds} rowCount={dataset.row_count} chosen={chosen} onChange={setAsked} />
        <FinishChoice
          task={task} metrics={metrics} finish={choices.finish} onChange={(finish) => change({ finish })} withIntervals={false}
          classNames={orderedClasses(target, preset !== null && preset.target === choices.target ? learnedClasses(preset) : [], choices.positiveClass)}
        />
        <MeasureChoice task={task} metrics={fitting} compare={compare} onChange={(some) => setMeasure({ ...measure, ...some })} name={choices.name} onName={(name) => change({ name })} />
      </div>
      <Section title="This comparison" className={classes.summary}>
        <dl className={classes.list}>
          <dt>Predict</dt><dd>{choices.target ?? '\u2013'}{task && ` (${taskNames[task].toLowerCase()})`}</dd>
          <dt>From</dt><dd>{counted(usedColumns(choices, columns, preset).length, 'column')} of {dataset.name}</dd>
          <dt>Measure</dt><dd>{counted(chosen.length, 'algorithm')} and the baseline, each on {compare.folds} folds: {(chosen.length + 1) * compare.folds} fits</dd>
        </dl>
        <div aria-live="polite">
          {missing.length > 0 && <ul className={classes.missing}>{missing.map((text) => <li key={text}>{text}</li>)}</ul>}
        </div>
        <Button type="submit" fullWidth loading={start.isPending} disabled={missing.length > 0} leftSection={<IconArrowsSort size={16} aria-hidden />}>Start comparison</Button>
        {start.error !== null && <ProblemNotice error={start.error} mt="sm" />}
      </Section>
    </form>
  );
}

interface MeasureChoiceProps {
  task: LearningTask | null;
  metrics: readonly MetricView[];
  compare: CompareChoices;
  name: string;
  onName: (name: string) => void;
  onChange: (some: Partial<Pick<CompareChoices, 'folds' | 'metric' | 'minutes'>>) => void;
}

function MeasureChoice({ task, metrics, compare, name, onName, onChange }: MeasureChoiceProps) {
  const usual = usualMetric(task);
  const shown = compare.metric ?? usual;
  return (
    <Section title="6. Measure" description="Each algorithm learns from all folds but one and is measured on that one, in turn, so that every row is tested once.">
      <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
        <Select
          label="Ranked by" description={metrics.find((one) => one.name === shown)?.meaning} value={shown} searchable limit={100} nothingFoundMessage="No metric has that name"
          data={metrics.map((one) => ({ value: one.name, label: `${one.title}${one.name === usual ? ' (usual)' : ''}` }))} onChange={(metric) => onChange({ metric: metric === usual ? null : metric })}
        />
        <NumberInput label="Folds" description="More folds take longer and tell differences better" min={2} max={100} allowDecimal={false} value={compare.folds} onChange={(value) => onChange({ folds: typeof value === 'number' ? value : Number.NaN })} />
        <NumberInput
          label="Time limit" description="For all together; what is not done by then is left out" placeholder="none" suffix=" min" min={0.1} max={10_000} value={compare.minutes ?? ''}
          onChange={(value) => onChange({ minutes: typeof value === 'number' ? value : null })}
        />
        <TextInput label="Name of the comparison" description="Left empty, it is named for you" value={name} maxLength={120} onChange={(event) => onName(event.currentTarget.value)} />
      </SimpleGrid>
    </Section>
  );
}
