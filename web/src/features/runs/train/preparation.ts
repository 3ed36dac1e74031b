import type { StepRequest, StepView } from '@/api';
import { jsonObject } from '@/api';
import { humanize } from '@/components/format';
import { changedSettings, countProblems, type FormValue } from './hyperparameters';

/** A preparation step in the form. */
export interface StepChoice {
  /** Tells two steps of one kind apart. */
  key: number;
  step: string;
  inputs: ReadonlyMap<string, FormValue>;
}

export function addStep(steps: readonly StepChoice[], step: string, inputs: ReadonlyMap<string, FormValue> = new Map()): StepChoice[] {
  return [...steps, { key: Math.max(0, ...steps.map((one) => one.key)) + 1, step, inputs }];
}

export function removeStep(steps: readonly StepChoice[], key: number): StepChoice[] {
  return steps.filter((one) => one.key !== key);
}

export function changeStep(steps: readonly StepChoice[], key: number, inputs: ReadonlyMap<string, FormValue>): StepChoice[] {
  return steps.map((one) => (one.key === key ? { ...one, inputs } : one));
}

/** One place up or down; at an end it stays. */
export function moveStep(steps: readonly StepChoice[], key: number, by: -1 | 1): StepChoice[] {
  const from = steps.findIndex((one) => one.key === key);
  const other = steps[from + by];
  const moved = steps[from];
  return moved === undefined || other === undefined ? [...steps] : steps.map((one, index) => (index === from ? other : index === from + by ? moved : one));
}

/** What the server is asked for; null leaves it to the algorithm's usual steps. */
export function preparationPlan(chosen: readonly StepChoice[], known: readonly StepView[]): StepRequest[] | null {
  return chosen.length === 0
    ? null
    : chosen.map(({ step, inputs }) => ({ step, settings: jsonObject(changedSettings(known.find(({ name }) => name === step)?.settings ?? [], inputs)) }));
}

/** The form of a plan that somebody has made before. */
export function preparationChoices(plan: readonly StepRequest[] | null): StepChoice[] {
  return (plan ?? []).reduce<StepChoice[]>((steps, { step, settings }) => addStep(steps, step, new Map(Object.entries(settings ?? {}).map(([name, value]) => [name, formValue(value)]))), []);
}

function formValue(value: unknown): FormValue {
  return typeof value === 'boolean' ? value : Array.isArray(value) ? value.map(String) : value === null || value === undefined ? '' : String(value);
}

export function preparationProblems(chosen: readonly StepChoice[], known: readonly StepView[]): string[] {
  return chosen.flatMap(({ step, inputs }, index) => {
    const count = countProblems(known.find(({ name }) => name === step)?.settings ?? [], inputs);
    return count === 0 ? [] : [`Mend ${count === 1 ? 'a setting' : `${count} settings`} of step ${index + 1}, ${humanize(step).toLowerCase()}.`];
  });
}

/** The steps in a few words. */
export function preparationSummary(chosen: readonly StepChoice[]): string {
  return chosen.length === 0 ? 'As the algorithm usually needs it' : chosen.map(({ step }) => humanize(step).toLowerCase()).join(', then ');
}

const plainWords = new Map([
  ['drop_text', 'columns of free text are left out'],
  ['impute', 'gaps are filled with the median or the most frequent value'],
  ['one_hot', 'categories are spread into one column a level'],
  ['scale', 'numbers are brought to a common scale'],
]);

/** What an algorithm's usual steps do, in words. */
export function usualPreparation(usual: readonly string[]): string {
  const words = usual.map((name) => plainWords.get(name) ?? humanize(name).toLowerCase());
  const told = words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}` : (words[0] ?? 'nothing is changed');
  return `With this algorithm, ${told}.`;
}

/** What is still done after the steps that somebody chose. */
export function afterPreparation(needsCompleteNumbers: boolean): string {
  return needsCompleteNumbers
    ? 'After these, what is left of free text is left out, gaps are filled and categories are spread out, since this algorithm takes only complete numbers.'
    : 'After these, what is left of free text is left out; this algorithm takes gaps and categories as they are.';
}
