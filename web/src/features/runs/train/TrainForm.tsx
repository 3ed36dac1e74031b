import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { queries, startRun, type AlgorithmView, type DatasetView, type MetricView, type PresetView, type StepView } from '@/api';
import { FoldedSection } from '@/components/FoldedSection';
import { counted } from '@/components/format';
import { TextLink } from '@/components/links';
import { Section } from '@/components/Section';
import { useNewRun } from '@/components/useNewRun';
import { AlgorithmChoice } from './AlgorithmChoice';
import { arrayKinds, inOrder } from './knownAlgorithms';
import { ColumnChoice } from './ColumnChoice';
import { orderedClasses } from './finish';
import { FinishChoice } from './FinishChoice';
import { HyperparameterForm } from './HyperparameterForm';
import { changedSettings, countProblems, withRecommended, type FormValue } from './hyperparameters';
import { PreparationChoice } from './PreparationChoice';
import { StructureChoice } from './StructureChoice';
import { TargetChoice } from './TargetChoice';
import { TestChoice } from './TestChoice';
import { hasNoTarget, initialChoices, learnedClasses, likelyTask, missingChoices, recommendedSettings, runRequest, usedColumns, type TrainChoices } from './trainPlan';
import { TuneChoice } from './TuneChoice';
import { TrainSummary } from './TrainSummary';
import classes from './TrainPage.module.css';

interface TrainFormProps {
  dataset: DatasetView;
  presets: readonly PresetView[];
  algorithms: readonly AlgorithmView[];
  steps: readonly StepView[];
  metrics: readonly MetricView[];
  /** What was chosen elsewhere, such as the best of a comparison. */
  start?: TrainStart | undefined;
}

export interface TrainStart {
  choices: Partial<TrainChoices>;
  settings: ReadonlyMap<string, FormValue>;
}

export function TrainForm({ dataset, presets, algorithms: known, steps, metrics, start: given }: TrainFormProps) {
  const [choices, setChoices] = useState<TrainChoices>(() => ({ ...initialChoices(dataset, presets), ...given?.choices }));
  const [inputs, setInputs] = useState<ReadonlyMap<string, FormValue>>(given?.settings ?? new Map());
  const profile = useQuery(queries.profile(dataset.id, choices.target));
  const preset = presets.find((one) => one.name === choices.preset) ?? null;
  const columns = useMemo(() => dataset.columns.map((column) => column.name), [dataset.columns]);
  const target = profile.data?.columns.find((column) => column.name === choices.target);
  const task = likelyTask(target, choices.kind, preset);
  const kinds = useMemo(() => arrayKinds(dataset.columns), [dataset.columns]);
  const algorithms = useMemo(() => inOrder(known, kinds), [known, kinds]);
  const fitting = algorithms.filter((one) => task === null || one.tasks.includes(task));
  const algorithm = fitting.find((one) => one.name === choices.algorithm) ?? fitting[0] ?? null;
  const complete = { ...choices, algorithm: algorithm?.name ?? null };
  const recommended = recommendedSettings(preset, algorithm?.name ?? null);
  const parameters = withRecommended(algorithm?.hyperparameters ?? [], recommended);
  const missing = missingChoices(complete, columns, preset, countProblems(parameters, inputs), steps, task);
  const changed = changedSettings(parameters, inputs);
  const change = (some: Partial<TrainChoices>) => {
    setChoices((current) => ({ ...current, ...some }));
    if ((some.algorithm !== undefined && some.algorithm !== choices.algorithm) || (some.preset !== undefined && some.preset !== choices.preset)) {
      setInputs(new Map());
    }
  };

  const start = useNewRun(async () => (await startRun(runRequest(dataset.id, complete, columns, { preset, settings: changed, steps, task }))).id);

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
        <TargetChoice dataset={dataset} presets={presets} preset={preset} choices={choices} task={task} profile={target} onChange={change} />
        <ColumnChoice columns={dataset.columns} profile={profile} preset={preset} choices={choices} onDropped={(dropped) => change({ dropped })} />
        <StructureChoice columns={columns} preset={preset} choices={choices} onChange={change} />
        <PreparationChoice known={steps} steps={choices.preparation} columns={columns} algorithm={algorithm} onChange={(preparation) => change({ preparation })} />
        <Section
          title="5. Algorithm"
          description={<>{kinds.length > 0 ? 'The first one suits what this table holds; others are given numbers that describe its arrays.' : 'Gradient boosting is the best first choice for most tables.'} In doubt, <TextLink to="/compare" search={{ dataset: dataset.id }} size="sm" underline="always">compare several</TextLink> on this one, or let Strata <TextLink to="/find" search={{ dataset: dataset.id }} size="sm" underline="always">find the best model</TextLink> in the time you give.</>}
        >
          <AlgorithmChoice
            algorithms={algorithms} task={task} kinds={kinds} chosen={algorithm?.name ?? null}
            onChoose={(name) => change({ algorithm: name })}
          />
        </Section>
        {algorithm && parameters.length > 0 && (
          <FoldedSection
            title={`Settings of ${algorithm.title.toLowerCase()}`} summary={changed.size > 0 ? `${counted(changed.size, 'setting')} changed` : 'All at the default'} opened={(given?.settings.size ?? 0) > 0}
            description={recommended.size > 0 ? `Filled in with what suits ${preset?.title ?? 'this table'}. Change one when you know why.` : 'The defaults work well. Change one when you know why.'}
          >
            <HyperparameterForm key={`${algorithm.name} ${preset?.name ?? ''}`} parameters={parameters} inputs={inputs} columns={columns} onChange={setInputs} />
          </FoldedSection>
        )}
        <FinishChoice
          task={task} metrics={metrics} finish={choices.finish} onChange={(finish) => change({ finish })}
          classNames={orderedClasses(target, preset !== null && preset.target === choices.target ? learnedClasses(preset) : [], choices.positiveClass)}
        />
        {algorithm && algorithm.hyperparameters.length > 0 && !hasNoTarget(choices.kind) && <TuneChoice choices={choices} onChange={change} />}
        <TestChoice choices={choices} rowCount={dataset.row_count} onChange={change} />
      </div>
      <TrainSummary
        dataset={dataset} choices={complete} task={task} algorithm={algorithm} columnCount={usedColumns(complete, columns, preset).length}
        missing={missing} busy={start.isPending} error={start.error}
      />
    </form>
  );
}
