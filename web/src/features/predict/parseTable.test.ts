import { describe, expect, it } from 'vitest';
import { ParseProblem, parseTable } from './parseTable';

describe('delimited text', () => {
  it('with quotes, doubled quotes and line ends in cells', () => {
    expect(parseTable('a,b\r\n"x, ""y""\nz",1\r\n,2\r\n')).toEqual({ columns: ['a', 'b'], rows: [['x, "y"\nz', '1'], [null, '2']], kind: 'delimited' });
  });

  it.each([['a;b\n1,5;2', ['a', 'b'], ['1,5', '2']], ['a\tb\n1\t2', ['a', 'b'], ['1', '2']], ['\uFEFFa|b\n1|2', ['a', 'b'], ['1', '2']], ['only\n7', ['only'], ['7']]])('%# finds its delimiter', (text, columns, row) => {
    expect(parseTable(text)).toMatchObject({ columns, rows: [row] });
  });

  it('skips comment lines above the header', () => expect(parseTable('# NASA\n# more\na,b\n1,2').columns).toEqual(['a', 'b']));

  it('fills short rows with missing values', () => expect(parseTable('a,b,c\n1').rows).toEqual([['1', null, null]]));
});

describe('JSON', () => {
  it('a list, one object, or an object a line', () => {
    const rows = { columns: ['a', 'b'], rows: [[1, 'x'], [null, true]], kind: 'json' };
    expect(parseTable('[{"a":1,"b":"x"},{"b":true}]')).toEqual(rows);
    expect(parseTable('{"a":1,"b":"x"}\n{"b":true}\n')).toEqual(rows);
    expect(parseTable('{"a":1,"b":"x"}').rows).toHaveLength(1);
  });

  it('a column called __proto__ is a column', () => expect(parseTable('[{"__proto__":1}]')).toMatchObject({ columns: ['__proto__'], rows: [[1]] }));
});

it.each([
  ['', 'nothing here'], ['a,b', 'no row below'], ['a,b\n"open,1', 'never closed'], ['[1,2]', 'not a JSON object'], ['[{"a":[1]}]', 'a list or an object'], ['{"a":1}\n{bad', 'line 2'], ['[]', 'no rows'],
])('%j is refused with a reason', (text, reason) => {
  expect(() => parseTable(text)).toThrow(ParseProblem);
  expect(() => parseTable(text)).toThrow(reason);
});
