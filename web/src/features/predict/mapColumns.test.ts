import { expect, it } from 'vitest';
import { distance, mapColumns, serverMapping } from './mapColumns';

it('names that are the same, nearly the same, and a guess', () => {
  const matches = mapColumns(['koi_period', 'koi_depth', 'koi_teq', 'koi_prad'], ['koi_period', 'KOI Depth', 'koi_tq', 'notes']);
  expect(matches.map(({ column, how }) => [column, how])).toEqual([['koi_period', 'same'], ['KOI Depth', 'alike'], ['koi_tq', 'near'], [null, 'missing']]);
  expect([...serverMapping(matches)]).toEqual([['koi_depth', 'KOI Depth'], ['koi_teq', 'koi_tq']]);
});

it('a column is used once, by the surer match', () => {
  const matches = mapColumns(['depth_1', 'depth_2'], ['depth_2']);
  expect(matches).toEqual([{ feature: 'depth_1', column: null, how: 'missing' }, { feature: 'depth_2', column: 'depth_2', how: 'same' }]);
});

it('short names that merely have the same length are no match', () => expect(mapColumns(['age'], ['sex'])[0]!.how).toBe('missing'));

it('odd names are names', () => expect(mapColumns(['__proto__', 'constructor'], ['constructor', '__proto__']).every(({ how }) => how === 'same')).toBe(true));

it('wide tables are matched without comparing all with all', () => {
  const features = Array.from({ length: 5000 }, (_, index) => `gene_${index}`);
  const started = performance.now();
  expect(mapColumns(features, features.map((name) => `other ${name}`)).every(({ how }) => how === 'missing')).toBe(true);
  expect(performance.now() - started).toBeLessThan(1000);
});

it('edit distance', () => expect([distance('kitten', 'sitting'), distance('', 'abc'), distance('same', 'same')]).toEqual([3, 3, 0]));
