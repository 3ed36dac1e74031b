import type { CellValue } from '@/api';

/** A table that somebody pasted or chose, as far as the page reads it itself. */
export interface ParsedTable {
  columns: readonly string[];
  rows: readonly (readonly CellValue[])[];
  kind: 'delimited' | 'json';
}

export class ParseProblem extends Error {}

const delimiters = [',', '\t', ';', '|'] as const;

/** Reads JSON (an object, a list of objects, or one object a line) or delimited text with a header line. */
export function parseTable(text: string): ParsedTable {
  const clean = text.replace(/^\uFEFF/, '');
  const start = clean.trimStart();
  if (start === '') {
    throw new ParseProblem('There is nothing here yet. Paste rows with a header line, or JSON.');
  }

  return start.startsWith('{') || start.startsWith('[') ? parseJson(start) : parseDelimited(clean);
}

function parseJson(text: string): ParsedTable {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = parseJsonLines(text);
  }

  const objects = Array.isArray(parsed) ? parsed : [parsed];
  const columns: string[] = [];
  const places = new Map<string, number>();
  const rows = objects.map((object: unknown, index) => {
    if (typeof object !== 'object' || object === null || Array.isArray(object)) {
      throw new ParseProblem(`Row ${index + 1} is not a JSON object. Each row must look like {"column": value}.`);
    }

    const row: CellValue[] = [];
    for (const [name, value] of Object.entries(object)) {
      let place = places.get(name);
      if (place === undefined) {
        place = columns.length;
        places.set(name, place);
        columns.push(name);
      }

      row[place] = jsonCell(value, name, index);
    }

    return row;
  });
  if (rows.length === 0) {
    throw new ParseProblem('The JSON list holds no rows.');
  }

  return { columns, rows: rows.map((row) => columns.map((_, place) => row[place] ?? null)), kind: 'json' };
}

function jsonCell(value: unknown, name: string, index: number): CellValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }

  throw new ParseProblem(`Row ${index + 1}: the value of \u201c${name}\u201d is a list or an object. Values must be numbers, texts, true, false or null.`);
}

function parseJsonLines(text: string): unknown[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') {
      return [];
    }

    try {
      return [JSON.parse(line) as unknown];
    } catch {
      throw new ParseProblem(`This begins like JSON, but line ${index + 1} is not valid JSON.`);
    }
  });
}

function parseDelimited(text: string): ParsedTable {
  const lines = text.split(/\r?\n/);
  // NASA's exports carry # lines before the header.
  const body = lines.slice(Math.max(0, lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#')))).join('\n');
  const records = splitRecords(body, sniffDelimiter(body)).filter((record) => record.some((cell) => cell !== ''));
  const [columns, ...rows] = records;
  if (columns === undefined || rows.length === 0) {
    throw new ParseProblem('There is a header but no row below it. Paste the header line and at least one row.');
  }

  return {
    columns: columns.map((name) => name.trim()),
    rows: rows.map((row) => columns.map((_, place) => (row[place] === undefined || row[place] === '' ? null : row[place]))),
    kind: 'delimited',
  };
}

/** The delimiter that cuts the header into most pieces; a comma when none does. */
export function sniffDelimiter(text: string): string {
  const header = text.slice(0, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n')).replace(/"[^"]*"/g, '');
  let best: string = ',';
  let most = 0;
  for (const delimiter of delimiters) {
    const pieces = header.split(delimiter).length - 1;
    if (pieces > most) {
      [best, most] = [delimiter, pieces];
    }
  }

  return best;
}

/** RFC 4180: quotes may hold delimiters, line ends and doubled quotes. */
function splitRecords(text: string, delimiter: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let quoted = false;
  const endRecord = () => {
    record.push(cell.endsWith('\r') ? cell.slice(0, -1) : cell);
    records.push(record);
    record = [];
    cell = '';
  };

  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (quoted) {
      if (sign !== '"') {
        cell += sign;
      } else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else {
        quoted = false;
      }
    } else if (sign === '"' && cell === '') {
      quoted = true;
    } else if (sign === delimiter) {
      record.push(cell);
      cell = '';
    } else if (sign === '\n') {
      endRecord();
    } else {
      cell += sign;
    }
  }

  if (quoted) {
    throw new ParseProblem('A quote (") is opened but never closed.');
  }

  if (cell !== '' || record.length > 0) {
    endRecord();
  }

  return records;
}
