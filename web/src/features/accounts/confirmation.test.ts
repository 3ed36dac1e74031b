import { expect, test } from 'vitest';
import { ProblemError } from '@/api';
import { confirmed, settleConfirmation } from './confirmation';

const needed = () => new ProblemError('Confirmation needed', 403, 'This needs your password once more.');

test('what needs the password is done again when it was given', async () => {
  let tries = 0;
  const done = confirmed(() => (++tries === 1 ? Promise.reject(needed()) : Promise.resolve('done')));
  await Promise.resolve();
  await Promise.resolve();
  settleConfirmation(true);
  expect(await done).toBe('done');
  expect(tries).toBe(2);
});

test('without the password it stays refused', async () => {
  const done = confirmed(() => Promise.reject(needed()));
  await Promise.resolve();
  await Promise.resolve();
  settleConfirmation(false);
  await expect(done).rejects.toThrow('once more');
});

test('another refusal asks for nothing', async () => {
  await expect(confirmed(() => Promise.reject(new ProblemError('Not allowed', 403, 'No.')))).rejects.toThrow('No.');
});
