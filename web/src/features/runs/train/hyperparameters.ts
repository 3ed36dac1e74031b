import type { HyperparameterView } from '@/api';

/** What stands in the form: texts for numbers and choices, ticks for yes and no, lists of columns. */
export type FormValue = string | boolean | readonly string[];
export type SettingValue = string | number | boolean | null | readonly string[];

export function initialValue({ type, default: value }: HyperparameterView): FormValue {
  if (type === 'boolean') {
    return value === true;
  }

  if (type === 'names') {
    return Array.isArray(value) ? value.map(String) : [];
  }

  return value === null || value === undefined ? '' : String(value);
}

/** The settings with the values that a preset recommends in place of the defaults: what a run uses when the plan says nothing. */
export function withRecommended(parameters: readonly HyperparameterView[], recommended: ReadonlyMap<string, unknown>): HyperparameterView[] {
  return parameters.map((parameter) => (recommended.has(parameter.name) ? { ...parameter, default: recommended.get(parameter.name) } : parameter));
}

export type Checked = { value: SettingValue; problem: null } | { value: null; problem: string };

/** Reads one field, or says what is wrong with it. An empty field means the default. */
export function check(parameter: HyperparameterView, input: FormValue): Checked {
  if (typeof input !== 'string') {
    return { value: input, problem: null };
  }

  const text = input.trim();
  if (parameter.type === 'text') {
    return { value: text === '' && typeof parameter.default !== 'string' ? null : text, problem: null };
  }

  if (text === '') {
    return parameter.default === null || parameter.default === undefined
      ? { value: null, problem: null }
      : { value: null, problem: `Give a value; the default is ${String(parameter.default)}.` };
  }

  if (parameter.type === 'choice') {
    return (parameter.choices ?? []).includes(text) ? { value: text, problem: null } : { value: null, problem: `Choose one of ${(parameter.choices ?? []).join(', ')}.` };
  }

  return checkNumber(parameter, text);
}

function checkNumber(parameter: HyperparameterView, text: string): Checked {
  const value = Number(text);
  if (!Number.isFinite(value)) {
    return { value: null, problem: `\u201c${text}\u201d is not a number.` };
  }

  if (parameter.type === 'integer' && !Number.isSafeInteger(value)) {
    return { value: null, problem: `${text} is not a whole number.` };
  }

  const { min, max } = parameter;
  if ((min !== null && value < min) || (max !== null && value > max)) {
    return { value: null, problem: `${text} is outside ${min ?? 'any number'} to ${max ?? 'any number'}.` };
  }

  return { value, problem: null };
}

/** A bound that only guards against nonsense is not worth a word. */
const farAway = 1_000_000;

export function rangeText(min: number | null, most: number | null): string {
  const max = most !== null && most >= farAway && min !== null ? null : most;
  if (min !== null && max !== null) {
    return `${min} to ${max}`;
  }

  return min !== null ? `${min} and above` : max !== null ? `${max} and below` : 'any number';
}

/** The settings that differ from their defaults; what equals its default is left for the server to fill in. */
export function changedSettings(parameters: readonly HyperparameterView[], inputs: ReadonlyMap<string, FormValue>): Map<string, SettingValue> {
  const changed = new Map<string, SettingValue>();
  for (const parameter of parameters) {
    const input = inputs.get(parameter.name);
    if (input === undefined) {
      continue;
    }

    const { value, problem } = check(parameter, input);
    if (problem === null && !same(value, parameter.default ?? null)) {
      changed.set(parameter.name, value);
    }
  }

  return changed;
}

function same(value: SettingValue, standard: unknown): boolean {
  return Array.isArray(value) && Array.isArray(standard) ? value.join('\u0000') === standard.join('\u0000') : value === standard;
}

export function countProblems(parameters: readonly HyperparameterView[], inputs: ReadonlyMap<string, FormValue>): number {
  return parameters.filter((parameter) => check(parameter, inputs.get(parameter.name) ?? initialValue(parameter)).problem !== null).length;
}
