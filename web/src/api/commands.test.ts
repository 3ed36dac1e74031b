import { expect, it } from 'vitest';
import { jsonObject } from './commands';

it('a column called __proto__ is a column like any other', () => {
  const text = JSON.stringify(jsonObject(new Map([['__proto__', 1], ['constructor', 2]])));
  expect(text).toBe('{"__proto__":1,"constructor":2}');
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
