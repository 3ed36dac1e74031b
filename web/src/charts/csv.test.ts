import { expect, it } from 'vitest';
import { toCsv } from './csv';

it('hands no formula to a spreadsheet', () => {
  expect(toCsv(['=a', 'b'], [['=1+1', '-2.5'], ['@x', -3]])).toBe("'=a,b\r\n'=1+1,-2.5\r\n'@x,-3\r\n");
});

it('quotes what would break a line', () => {
  expect(toCsv(['a', 'b "x"'], [['1,5', null], ['two\nlines', 3], [' edge', '']])).toBe('a,"b ""x"""\r\n"1,5",\r\n"two\nlines",3\r\n" edge",\r\n');
});
