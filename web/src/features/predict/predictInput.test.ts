import { expect, it } from 'vitest';
import type { ModelView } from '@/api';
import { mapColumns } from './mapColumns';
import { readFile, readText, rowsToSend, speaksForItself } from './predictInput';

const model = { features: [{ name: 'period', type: 'float64', levels: null }, { name: 'kind', type: 'category', levels: ['1', '2'] }, { name: 'seen', type: 'boolean', levels: null }] } as unknown as ModelView;

it('pasted values travel under the name and in the type of the model\u2019s column', () => {
  const input = readText('Period,kind,seen,note\n12.5,1,TRUE,x\nunknown,2,,y');
  const matches = mapColumns(['period', 'kind', 'seen'], input.table!.columns);
  const { rows } = rowsToSend(input, model, matches);
  expect(rows!.map((row) => Object.fromEntries(row))).toEqual([{ note: 'x', period: 12.5, kind: '1', seen: true }, { note: 'y', period: 'unknown', kind: '2', seen: null }]);
});

it('what the model does not know travels too, for the server to keep what tells rows apart', () => {
  const input = readText('patient,period,kind\n007,1,2');
  const chosen = [{ feature: 'period', column: null, how: 'missing' as const }, { feature: 'kind', column: 'kind', how: 'same' as const }];
  expect(Object.fromEntries(rowsToSend(input, model, chosen).rows![0]!)).toEqual({ patient: '007', period: null, kind: '2' });
});

it('a CSV file goes to the server as it is, and is read here for the mapping', async () => {
  const file = new File(['period,kind\n1,2\n'], 'rows.csv');
  const input = await readFile(file);
  expect(input.file).toBe(file);
  expect(input.table?.columns).toEqual(['period', 'kind']);
  expect(rowsToSend(input, model, [{ feature: 'period', column: 'kind', how: 'same' }])).toEqual({ file, mapping: new Map([['period', 'kind']]) });
  const { rows } = rowsToSend(input, model, mapColumns(['period', 'kind', 'seen'], input.table!.columns));
  expect(Object.fromEntries(rows![0]!)).toEqual({ period: 1, kind: '2', seen: null });
});

it('a survey\u2019s table goes to a shipped model as it is, for the server to translate', () => {
  const shipped = { origin: 'pretrained', features: ['log_period', 'log_depth', 'impact'].map((name) => ({ name, type: 'float64', levels: null })) } as unknown as ModelView;
  const input = readText('koi_period,koi_depth,kepler_name\n9.5,615,Kepler-227 b');
  const matches = mapColumns(['log_period', 'log_depth', 'impact'], input.table!.columns);
  expect(speaksForItself(shipped, matches)).toBe(true);
  expect(Object.fromEntries(rowsToSend(input, shipped, matches).rows![0]!)).toEqual({ koi_period: 9.5, koi_depth: 615, kepler_name: 'Kepler-227 b' });
  expect(speaksForItself({ ...shipped, origin: 'trained' }, matches)).toBe(false);
});

it('what only the server reads is not opened here', async () => expect(await readFile(new File(['x'], 'rows.xlsx'))).toMatchObject({ table: null, problem: null }));
