import { expect, test } from 'vitest';
import { isUnattended, noteTouch } from './attendance';

test('a page counts as unattended a minute after the last touch', () => {
  noteTouch(1_000);
  expect(isUnattended(60_000)).toBe(false);
  expect(isUnattended(61_001)).toBe(true);
  document.dispatchEvent(new Event('keydown'));
  expect(isUnattended()).toBe(false);
});
