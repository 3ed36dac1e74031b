import type { ColumnType } from '@/api';

/** The types a person may choose, in plain words. */
export const columnTypes: readonly { value: ColumnType; label: string; hint: string }[] = [
  { value: 'float64', label: 'Number', hint: 'Double-precision numbers' },
  { value: 'float32', label: 'Number (single precision)', hint: 'Numbers of about 7 digits' },
  { value: 'int64', label: 'Whole number', hint: 'Counts and codes without fractions' },
  { value: 'boolean', label: 'Yes / no', hint: 'True or false' },
  { value: 'category', label: 'Category', hint: 'One of a list of names' },
  { value: 'date', label: 'Date', hint: 'A day, with or without a time' },
  { value: 'text', label: 'Text', hint: 'Free text; not learned from directly' },
  { value: 'series', label: 'Series', hint: 'A list of steps in each row' },
  { value: 'image', label: 'Image', hint: 'Rows of pixels or grid cells in each row' },
  { value: 'points', label: 'Points', hint: 'A cloud of points in each row' },
];

const short = new Map<ColumnType, string>([
  ['float32', 'number'], ['float64', 'number'], ['int64', 'whole number'], ['boolean', 'yes / no'], ['category', 'category'], ['date', 'date'], ['text', 'text'], ['series', 'series'], ['image', 'image'], ['points', 'points'],
]);

export function columnTypeName(type: ColumnType): string {
  return short.get(type) ?? type;
}

/** Whether a cell holds an array of numbers. */
export function isArray(type: ColumnType): type is 'series' | 'image' | 'points' {
  return type === 'series' || type === 'image' || type === 'points';
}

export function isNumeric(type: ColumnType): boolean {
  return type === 'float32' || type === 'float64' || type === 'int64';
}
