import type { ColumnProfile, DatasetView, LearningTask, PlanRequest, PresetView, RunRequest, StepView, TargetKind } from '@/api';
import { jsonObject } from '@/api';
import { isNumeric } from '@/components/columnTypes';
import { finishPlan, finishProblems, usualFinish, type FinishChoices } from './finish';
import type { SettingValue } from './hyperparameters';
import { preparationPlan, preparationProblems, type StepChoice } from './preparation';

/** What is to be found out: what a column holds, which rows are unlike the others, or which belong together. */
export type AnswerKind = TargetKind | 'outliers' | 'clusters';

/** Whether rows alone are learned from, without a column to predict. */
export function hasNoTarget(kind: AnswerKind | null): kind is 'outliers' | 'clusters' {
  return kind === 'outliers' || kind === 'clusters';
}

/** What the person has chosen so far. */
export interface TrainChoices {
  preset: string | null;
  target: string | null;
  kind: AnswerKind | null;
  /** Of two classes, the one that precision and recall speak of. */
  positiveClass: string | null;
  /** Columns that the person has unticked. */
  dropped: ReadonlySet<string>;
  group: string | null;
  time: string | null;
  /** The column that says how much each row counts. */
  weight: string | null;
  /** What is done to the columns before learning; empty for what the algorithm usually needs. */
  preparation: readonly StepChoice[];
  /** What is done to the answers after learning. */
  finish: FinishChoices;
  algorithm: string | null;
  testPercent: number;
  /** In how many parts the training rows are cross-validated beside the test; null for none. */
  folds: number | null;
  /** Measured beside the usual metrics, such as `f_beta:2`. */
  metrics: readonly string[];
  seed: number;
  threads: number | null;
  /** How good settings are searched first; null to train with those chosen. */
  tuning: TuneChoices | null;
  name: string;
}

export interface TuneChoices {
  trials: number | null;
  minutes: number | null;
  folds: number;
}

export const usualTuning: TuneChoices = { trials: 50, minutes: null, folds: 5 };

export function initialChoices(dataset: DatasetView, presets: readonly PresetView[]): TrainChoices {
  const preset = presets.find((one) => one.name === dataset.preset) ?? null;
  return {
    preset: preset?.name ?? null,
    target: preset?.target ?? dataset.suggested_target,
    kind: null,
    positiveClass: null,
    dropped: new Set(),
    group: preset?.group ?? null,
    time: null,
    weight: null,
    preparation: [],
    finish: usualFinish,
    algorithm: presetAlgorithm(preset),
    testPercent: 20,
    folds: null,
    metrics: [],
    seed: 0,
    threads: null,
    tuning: null,
    name: '',
  };
}

/** The algorithm that a preset is for: the only one that it has settings for. */
export function presetAlgorithm(preset: PresetView | null): string | null {
  const [only, ...others] = Object.keys(preset?.recommended ?? {});
  return others.length === 0 ? only ?? null : null;
}

/** What comes with a preset: its column to predict, its group and its algorithm. The algorithm of the preset before goes with that one; one that the person chose stays where the new one has none. */
export function presetChoices(choices: TrainChoices, before: PresetView | null, next: PresetView | null): Partial<TrainChoices> {
  const kept = choices.algorithm === presetAlgorithm(before) ? null : choices.algorithm;
  return { preset: next?.name ?? null, target: next?.target ?? choices.target, group: next?.group ?? null, positiveClass: null, algorithm: presetAlgorithm(next) ?? kept };
}

/** Columns that the preset forbids, with the reason of each. */
export function forbidden(preset: PresetView | null): ReadonlyMap<string, string> {
  return new Map((preset?.drop ?? []).map(({ column, reason }) => [column, reason]));
}

/** The hyperparameters that a preset recommends for an algorithm. */
export function recommendedSettings(preset: PresetView | null, algorithm: string | null): ReadonlyMap<string, unknown> {
  const ofAlgorithm = new Map(Object.entries(preset?.recommended ?? {})).get(algorithm ?? '');
  return new Map(Object.entries(ofAlgorithm ?? {}));
}

const mostClassesOfNumbers = 20;

/** What the target looks like; the server decides for itself, by the same idea, when the plan does not say. */
export function likelyTask(target: ColumnProfile | undefined, kind: AnswerKind | null, preset: PresetView | null): LearningTask | null {
  if (kind === 'outliers') {
    return 'outlier_detection';
  }

  if (kind === 'clusters') {
    return 'clustering';
  }

  const learned = preset !== null && preset.target === target?.name ? learnedClasses(preset) : [];
  if (target === undefined) {
    return kind === 'regression' ? kind : null;
  }

  if (kind === 'regression' || (kind === null && learned.length === 0 && isNumeric(target.type) && target.distinct > mostClassesOfNumbers)) {
    return 'regression';
  }

  return (learned.length || target.distinct) <= 2 ? 'binary_classification' : 'multiclass_classification';
}

/** The classes that a preset makes of the table's labels; labels without one are left out of the training. */
export function learnedClasses(preset: PresetView): string[] {
  return [...new Set(preset.classes.flatMap((label) => (label.class === null ? [] : [label.class])))];
}

/** What keeps anything from being learned from the table, in the order of the page. */
export function tableProblems(choices: TrainChoices, columns: readonly string[], preset: PresetView | null, steps: readonly StepView[]): string[] {
  const problems: string[] = [];
  if (choices.target === null && !hasNoTarget(choices.kind)) {
    problems.push('Choose the column to predict.');
  } else if (choices.target !== null && !columns.includes(choices.target)) {
    problems.push(`This table has no column \u201c${choices.target}\u201d. Choose another to predict.`);
  } else if (usedColumns(choices, columns, preset).length === 0) {
    problems.push('Tick at least one column to learn from.');
  }

  return [...problems, ...preparationProblems(choices.preparation, steps)];
}

/** Everything that keeps the training from starting, in the order of the page. */
export function missingChoices(choices: TrainChoices, columns: readonly string[], preset: PresetView | null, settingProblems: number, steps: readonly StepView[] = [], task: LearningTask | null = null): string[] {
  const problems = tableProblems(choices, columns, preset, steps);
  if (choices.algorithm === null) {
    problems.push('Choose an algorithm.');
  }

  if (settingProblems > 0) {
    problems.push(settingProblems === 1 ? 'One setting of the algorithm is not valid.' : `${settingProblems} settings of the algorithm are not valid.`);
  }

  if (!(choices.testPercent >= 1 && choices.testPercent <= 90)) {
    problems.push('Keep between 1 and 90 % of the rows for the test.');
  }

  return [...problems, ...finishProblems(choices.finish, task)];
}

/** The columns that will be learned from. */
export function usedColumns(choices: TrainChoices, columns: readonly string[], preset: PresetView | null): string[] {
  const never = forbidden(preset);
  return columns.filter((column) => column !== choices.target && column !== choices.group && column !== choices.time && column !== choices.weight && !never.has(column) && !choices.dropped.has(column));
}

/** What is learned from what, whichever algorithm learns it. */
export function sharedPlan(choices: TrainChoices, columns: readonly string[], preset: PresetView | null, steps: readonly StepView[]): PlanRequest {
  const used = new Set(usedColumns(choices, columns, preset));
  const roles = new Set([choices.target, choices.group, choices.time, choices.weight]);
  return {
    target: choices.target,
    task: hasNoTarget(choices.kind) ? null : choices.kind,
    positive_class: choices.positiveClass,
    drop: columns.filter((column) => !used.has(column) && !roles.has(column)),
    group: choices.group,
    time: choices.time,
    weight: choices.weight,
    preparation: preparationPlan(choices.preparation, steps),
    seed: choices.seed,
    threads: choices.threads,
  };
}

export interface RunRequestContext {
  preset: PresetView | null;
  settings: ReadonlyMap<string, SettingValue>;
  steps?: readonly StepView[];
  task?: LearningTask | null;
}

export function runRequest(datasetId: string, choices: TrainChoices, columns: readonly string[], { preset, settings, steps = [], task = null }: RunRequestContext): RunRequest {
  const tuned = choices.tuning !== null && !hasNoTarget(choices.kind);
  return {
    dataset_id: datasetId,
    name: choices.name.trim() === '' ? null : choices.name.trim(),
    preset: preset?.name ?? null,
    tuning: tuned ? { trials: choices.tuning?.trials ?? null, time_limit: choices.tuning?.minutes ? choices.tuning.minutes * 60 : null, folds: choices.tuning?.folds ?? null } : null,
    folds: tuned || hasNoTarget(choices.kind) ? null : choices.folds,
    plan: {
      ...sharedPlan(choices, columns, preset, steps),
      ...finishPlan(choices.finish, task),
      algorithm: choices.algorithm,
      hyperparameters: jsonObject(settings),
      test_size: choices.testPercent / 100,
      metrics: hasNoTarget(choices.kind) ? null : [...choices.metrics],
    },
  };
}
