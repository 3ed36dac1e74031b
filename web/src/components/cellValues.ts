import type { CellValue, ColumnType } from '@/api';
import { isArray } from './columnTypes';

/** A table's text as the JSON value that a model's column expects; what does not parse stays text, for the server to judge. */
export function cellValue(text: string | null, type: ColumnType | undefined): CellValue {
  if (text === null || text === '') {
    return null;
  }

  if (type === 'float32' || type === 'float64' || type === 'int64') {
    const value = Number(text);
    return text.trim() !== '' && Number.isFinite(value) ? value : text;
  }

  if (type === 'boolean' && /^(true|false)$/i.test(text)) {
    return text.toLowerCase() === 'true';
  }

  if (type !== undefined && isArray(type)) {
    try {
      const value: unknown = JSON.parse(text);
      return Array.isArray(value) ? (value as CellValue) : text;
    } catch {
      return text;
    }
  }

  return text;
}
