import type { ColumnProfile } from '@/api';
import { isNumeric } from '@/components/columnTypes';

export type ColumnFilter = 'all' | 'warnings' | 'missing' | 'numbers' | 'others';

const tests: Record<ColumnFilter, (column: ColumnProfile) => boolean> = {
  all: () => true,
  warnings: (column) => column.warnings.length > 0,
  missing: (column) => column.missing > 0,
  numbers: (column) => isNumeric(column.type),
  others: (column) => !isNumeric(column.type),
};

export function filterColumns(columns: readonly ColumnProfile[], search: string, filter: ColumnFilter): ColumnProfile[] {
  const wanted = search.trim().toLowerCase();
  return columns.filter((column) => tests[filter](column) && column.name.toLowerCase().includes(wanted));
}
