export type ArrayKind = 'series' | 'image' | 'points';

/** Numbers with the channels innermost; a series and points have a width of 1. */
export interface ParsedArray {
  height: number;
  width: number;
  channels: number;
  values: readonly (number | null)[];
}

/** Reads the JSON text of an array: lists of numbers, of steps or points, or of rows of pixels. Null when it is none. */
export function parseArray(text: string, kind: ArrayKind): ParsedArray | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }

  if (!Array.isArray(value) || value.length === 0) {
    return null;
  }

  const rows = value as unknown[];
  const width = kind === 'image' ? lengthOf(rows[0]) : 1;
  const cells: unknown[] = kind === 'image' ? rows.flat() : rows;
  const channels = Array.isArray(cells[0]) ? cells[0].length : 1;
  const values = cells.flat() as (number | null)[];
  const sound = values.length === rows.length * width * channels && values.every((number) => number === null || typeof number === 'number');
  return sound ? { height: rows.length, width, channels, values } : null;
}

/** The least and the largest number of a channel; zeros where there are none. */
export function channelRange(array: ParsedArray, channel: number): { least: number; most: number } {
  let least = Infinity;
  let most = -Infinity;
  for (let at = channel; at < array.values.length; at += array.channels) {
    const value = array.values[at];
    if (value !== null && value !== undefined) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }

  return least <= most ? { least, most } : { least: 0, most: 0 };
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
