import { expect, it } from 'vitest';
import { asProblem, problemFrom } from './problem';

it('reads problem+json with everything that was found', () => {
  const problem = problemFrom(422, { title: 'The table cannot be read', status: 422, detail: 'It has 2 faults.', problems: ['one', 'two', 3] });
  expect(problem).toMatchObject({ title: 'The table cannot be read', status: 422, detail: 'It has 2 faults.', problems: ['one', 'two'] });
});

it('says something useful when the answer is not a problem document', () => {
  expect(problemFrom(413, '<html>').title).toBe('File too large');
  expect(problemFrom(500, null).title).toContain('500');
});

it('wraps a fault of the page itself', () => expect(asProblem(new TypeError('x is undefined'))).toMatchObject({ status: -1, detail: 'x is undefined' }));
