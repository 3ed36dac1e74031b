import type { CellValue, ModelView } from '@/api';
import { cellValue } from '@/components/cellValues';
import { serverMapping, type ColumnMatch } from './mapColumns';
import { ParseProblem, parseTable, type ParsedTable } from './parseTable';

/** Rows to predict: a table that the page could read, a file for the server to read, or why neither. */
export interface PredictInput {
  table: ParsedTable | null;
  file: File | null;
  problem: string | null;
}

export const emptyInput: PredictInput = { table: null, file: null, problem: null };

/** Larger files, and those that only the server reads, are sent as they are. */
const mostBytesReadHere = 20_000_000;
const readHere = /\.(csv|tsv|tab|txt|json|jsonl|ndjson)$/i;

export function readText(text: string): PredictInput {
  try {
    return { table: parseTable(text), file: null, problem: null };
  } catch (error) {
    return { table: null, file: null, problem: error instanceof ParseProblem ? error.message : 'This could not be read as CSV or JSON.' };
  }
}

export async function readFile(file: File): Promise<PredictInput> {
  if (file.size > mostBytesReadHere || !readHere.test(file.name)) {
    return { table: null, file, problem: null };
  }

  const text = await file.text();
  if (text.includes('\u0000') || text.includes('\uFFFD')) {
    // Another encoding: the server knows more of them.
    return { table: null, file, problem: null };
  }

  const read = readText(text);
  return { ...read, file: read.table === null ? null : file };
}

/**
 * Whether the table is left to the server as it is: a shipped model has words of its own for what the surveys measure, and the server translates each survey's columns into them.
 */
export function speaksForItself(model: ModelView, matches: readonly ColumnMatch[]): boolean {
  return model.origin === 'pretrained' && matches.filter(({ how }) => how === 'same' || how === 'alike').length * 2 < model.features.length;
}

/** What goes to the server: the file itself where its columns are complete, else the rows in the model's own words. */
export function rowsToSend(input: PredictInput, model: ModelView, matches: readonly ColumnMatch[]) {
  const none = new Map<string, string>();
  if (input.file !== null && (input.table === null || speaksForItself(model, matches))) {
    return { file: input.file, mapping: none };
  }

  if (input.file !== null && input.table?.kind === 'delimited' && matches.every(({ column }) => column !== null)) {
    return { file: input.file, mapping: serverMapping(matches) };
  }

  return { rows: (input.table?.rows ?? []).map((row) => rowForModel(row, input.table!, model, matches)), mapping: none };
}

/** One row under the model's column names, with each value in its column's type; what the table lacks is missing. */
export function rowForModel(row: readonly CellValue[], table: ParsedTable, model: ModelView, matches: readonly ColumnMatch[]): Map<string, CellValue> {
  if (speaksForItself(model, matches)) {
    return new Map(table.columns.map((column, place) => [column, asNumber(row[place] ?? null)]));
  }

  const places = new Map(table.columns.map((column, index) => [column, index]));
  const types = new Map(model.features.map((feature) => [feature.name, feature.type]));
  return new Map([
    ...besides(row, table, model, matches),
    ...matches.map(({ feature, column }): [string, CellValue] => {
      const place = column === null ? undefined : places.get(column);
      const value = place === undefined ? null : (row[place] ?? null);
      return [feature, typeof value === 'string' ? cellValue(value, types.get(feature)) : value];
    }),
  ]);
}

/** What the table has beside the model's columns, as it was written: the server tells which of it stands beside the answers. */
function besides(row: readonly CellValue[], table: ParsedTable, model: ModelView, matches: readonly ColumnMatch[]): [string, CellValue][] {
  if (model.origin === 'pretrained') {
    return [];
  }

  const used = new Set([...matches.map(({ column }) => column), ...matches.map(({ feature }) => feature)]);
  return table.columns.flatMap((column, place) => (used.has(column) ? [] : [[column, row[place] ?? null] as [string, CellValue]]));
}

/** Surveys measure: what reads as a number is one. */
function asNumber(value: CellValue): CellValue {
  return typeof value === 'string' ? cellValue(value, 'float64') : value;
}
