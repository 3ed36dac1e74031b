import { expect, it } from 'vitest';
import type { ColumnProfile } from '@/api';
import { filterColumns } from './filterColumns';

const column = (name: string, some: Partial<ColumnProfile>) => ({ name, type: 'float64', missing: 0, warnings: [], ...some }) as ColumnProfile;
const columns = [column('koi_period', {}), column('koi_score', { warnings: [{ kind: 'predicts_target', message: 'gives the answer away' }] }), column('Name', { type: 'text', missing: 3 })];

it.each([
  ['', 'all', ['koi_period', 'koi_score', 'Name']], ['KOI', 'all', ['koi_period', 'koi_score']], ['', 'warnings', ['koi_score']], ['', 'missing', ['Name']], ['', 'others', ['Name']], ['score', 'numbers', ['koi_score']],
] as const)('%j among %s', (search, filter, names) => expect(filterColumns(columns, search, filter).map(({ name }) => name)).toEqual(names));
