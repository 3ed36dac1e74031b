import type { LearningTask } from '@/api';
import type { SettingValue } from '../train/hyperparameters';

export type StudyPreset = 'fast' | 'good' | 'high' | 'best';

/** What is asked for beside the choices of any training. */
export interface StudyChoices {
  preset: StudyPreset;
  /** Minutes from the beginning of learning; NaN while the field is empty. */
  minutes: number;
  /** Null for the usual one of the kind of answer. */
  metric: string | null;
  /** Families that are tried; empty for all. */
  families: readonly string[];
  /** Microseconds that predicting a row may take; null for no limit. */
  inferLimit: number | null;
  /** Megabytes that models and predictions may take; null for half of what the worker may have. */
  memoryLimit: number | null;
  /** Whether the clock decides nothing. */
  deterministic: boolean;
}

export const usualStudy: StudyChoices = { preset: 'good', minutes: 5, metric: null, families: [], inferLimit: null, memoryLimit: null, deterministic: false };

export const presetWords: Record<StudyPreset, { title: string; meaning: string }> = {
  fast: { title: 'Fast', meaning: 'Ten quick candidates on three parts of the rows: a first look, in a minute or two.' },
  good: { title: 'Good', meaning: 'All candidates that suit the table, on five parts, the best weighted together. Right for most tables.' },
  high: { title: 'High', meaning: 'Also a second layer that learns from what the first predicts, where it proves itself on rows held back.' },
  best: { title: 'Best', meaning: 'As High, on eight parts, and the best candidates again on other parts while time is left.' },
};

/** Times that are offered, in minutes. */
export const usualTimes = [{ minutes: 1, label: '1 min' }, { minutes: 5, label: '5 min' }, { minutes: 15, label: '15 min' }, { minutes: 60, label: '1 h' }, { minutes: 240, label: '4 h' }] as const;

export const familyWords: readonly { value: string; label: string }[] = [
  { value: 'boosting', label: 'Boosted trees' },
  { value: 'forests', label: 'Forests and trees' },
  { value: 'linear', label: 'Linear models' },
  { value: 'neighbors', label: 'Nearest neighbours' },
  { value: 'svm', label: 'Support vector machines' },
  { value: 'neural', label: 'Networks' },
  { value: 'random_kernels', label: 'Random kernels, for series' },
];

const mostMinutes = 100_000;

/** The metric that decides when nobody names one. */
export function studyMetric(task: LearningTask | null): string {
  return task === 'binary_classification' ? 'roc_auc' : task === 'regression' ? 'rmse' : 'log_loss';
}

/** What keeps the study from starting, in the order of the page. */
export function studyProblems({ minutes, deterministic, inferLimit, memoryLimit }: StudyChoices): string[] {
  const problems: string[] = [];
  if (!deterministic && !(minutes >= 0.1 && minutes <= mostMinutes)) {
    problems.push('Give the search at least 0.1 minutes.');
  }

  if (deterministic && inferLimit !== null) {
    problems.push('How long a row takes is measured by the clock: leave out that limit, or let the clock decide.');
  }

  if (memoryLimit !== null && !(memoryLimit >= 1)) {
    problems.push('Give models at least 1 MB.');
  }

  return problems;
}

/** As hyperparameters of the algorithm that tries the others; what is usual is left out. */
export function studySettings(choices: StudyChoices): Map<string, SettingValue> {
  const settings = new Map<string, SettingValue>([['preset', choices.preset]]);
  if (choices.deterministic) {
    settings.set('deterministic', true);
  } else {
    settings.set('time_limit', Math.max(1, Math.round(choices.minutes * 60)));
  }

  const further: [string, SettingValue][] = [
    ['metric', choices.metric], ['algorithms', choices.families.length === 0 ? null : choices.families], ['infer_limit', choices.inferLimit], ['memory_limit', choices.memoryLimit],
  ];
  for (const [name, value] of further) {
    if (value !== null) {
      settings.set(name, value);
    }
  }

  return settings;
}

/** A time in words, such as "5 minutes". */
export function timeInWords({ minutes, deterministic }: StudyChoices): string {
  return deterministic ? 'as long as the plan takes'
    : !Number.isFinite(minutes) ? '\u2013'
    : minutes >= 60 ? `${Number((minutes / 60).toFixed(1))} h`
    : `${Number(minutes.toFixed(1))} min`;
}
