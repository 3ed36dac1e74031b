import { ProblemError, type CellValue, type FeatureView } from '@/api';
import { cellValue } from '@/components/cellValues';

/** A row for the model's columns from what stands in the fields; empty ones are unknown. */
export function rowFromTexts(texts: ReadonlyMap<string, string>, features: readonly FeatureView[]): Map<string, CellValue> {
  return new Map(features.map(({ name, type }) => [name, cellValue((texts.get(name) ?? '').trim(), type)]));
}

/** What stands in the fields for a logged row. */
export function textsOf(row: Readonly<Record<string, unknown>>): Map<string, string> {
  return new Map(Object.entries(row).map(([name, value]) => [name, value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)]));
}

export function jsonRow(row: ReadonlyMap<string, CellValue>): string {
  return `{\n${[...row].map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(',\n')}\n}`;
}

/** @throws ProblemError where the text is no JSON object. */
export function rowFromJson(text: string): Map<string, CellValue> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ProblemError('The row cannot be read', -1, `It is no JSON: ${error instanceof Error ? error.message : 'it ends too early'}.`);
  }

  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ProblemError('The row cannot be read', -1, 'Expected one JSON object, such as {"age": 40}.');
  }

  return new Map(Object.entries(value as Record<string, CellValue>));
}
