import { expect, it } from 'vitest';
import { outcomeValue } from './outcomeValue';

it('is a number only where a number was predicted: a class may be called 1', () => {
  expect([outcomeValue(' 4.5 ', 2), outcomeValue('1', 'one'), outcomeValue('much', 2)]).toEqual([4.5, '1', 'much']);
});
