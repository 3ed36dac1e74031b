import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { queries, startRun, type AlgorithmView, type DatasetView, type PresetView } from '@/api';
import { Section } from '@/components/Section';
import { AlgorithmChoice } from './AlgorithmChoice';
import { ColumnChoice } from './ColumnChoice';
import { HyperparameterForm } from './HyperparameterForm';
import { changedSettings, countProblems, withRecommended, type FormValue } from './hyperparameters';
import { StructureChoice } from './StructureChoice';
import { TargetChoice } from './TargetChoice';
import { TestChoice } from './TestChoice';
import { initialChoices, likelyTask, missingChoices, recommendedSettings, runRequest, usedColumns, type TrainChoices } from './trainPlan';
import { TuneChoice } from './TuneChoice';
import { TrainSummary } from './TrainSummary';
import classes from './TrainPage.module.css';

interface TrainFormProps {
  dataset: DatasetView;
  presets: readonly PresetView[];
  algorithms: readonly AlgorithmView[];
}

export function TrainForm({ dataset, presets, algorithms }: TrainFormProps) {
  const [choices, setChoices] = useState<TrainChoices>(() => initialChoices(dataset, presets));
  const [inputs, setInputs] = useState<ReadonlyMap<string, FormValue>>(new Map());
  const profile = useQuery(queries.profile(dataset.id, choices.target));
  const preset = presets.find((one) => one.name === choices.preset) ?? null;
  const columns = useMemo(() => dataset.columns.map((column) => column.name), [dataset.columns]);
  const target = profile.data?.columns.find((column) => column.name === choices.target);
  const task = likelyTask(target, choices.kind, preset);
  const fitting = algorithms.filter((one) => task === null || one.tasks.includes(task));
  const algorithm = fitting.find((one) => one.name === choices.algorithm) ?? fitting[0] ?? null;
  const complete = { ...choices, algorithm: algorithm?.name ?? null };
  const recommended = recommendedSettings(preset, algorithm?.name ?? null);
  const parameters = withRecommended(algorithm?.hyperparameters ?? [], recommended);
  const missing = missingChoices(complete, columns, preset, countProblems(parameters, inputs));
  const change = (some: Partial<TrainChoices>) => setChoices((current) => ({ ...current, ...some }));

  const client = useQueryClient();
  const navigate = useNavigate();
  const start = useMutation({
    mutationFn: () => startRun(runRequest(dataset.id, complete, columns, preset, changedSettings(parameters, inputs))),
    onSuccess: (run) => {
      void client.invalidateQueries({ queryKey: ['runs'], exact: true });
      void client.invalidateQueries({ queryKey: ['jobs'], exact: true });
      void navigate({ to: '/runs/$runId', params: { runId: run.id } });
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
        <TargetChoice dataset={dataset} presets={presets} preset={preset} choices={choices} task={task} profile={target} onChange={change} />
        <ColumnChoice columns={dataset.columns} profile={profile} preset={preset} choices={choices} onDropped={(dropped) => change({ dropped })} />
        <StructureChoice columns={columns} preset={preset} choices={choices} onChange={change} />
        <Section title="5. Algorithm" description="Gradient boosting is the best first choice for most tables.">
          <AlgorithmChoice
            algorithms={algorithms} task={task} chosen={algorithm?.name ?? null}
            onChoose={(name) => {
              change({ algorithm: name });
              setInputs(new Map());
            }}
          />
        </Section>
        {algorithm && parameters.length > 0 && (
          <Section title={`Settings of ${algorithm.title.toLowerCase()}`} description={recommended.size > 0 ? `Filled in with what suits ${preset?.title ?? 'this table'}. Change one when you know why.` : 'The defaults work well. Change one when you know why.'}>
            <HyperparameterForm key={`${algorithm.name} ${preset?.name ?? ''}`} parameters={parameters} inputs={inputs} onChange={setInputs} />
          </Section>
        )}
        {algorithm && algorithm.hyperparameters.length > 0 && task !== 'outlier_detection' && <TuneChoice choices={choices} onChange={change} />}
        <TestChoice choices={choices} rowCount={dataset.row_count} onChange={change} />
      </div>
      <TrainSummary
        dataset={dataset} choices={complete} task={task} algorithm={algorithm} columnCount={usedColumns(complete, columns, preset).length}
        missing={missing} busy={start.isPending} error={start.error}
      />
    </form>
  );
}
