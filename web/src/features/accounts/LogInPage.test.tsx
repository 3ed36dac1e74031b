import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { queries } from '@/api';
import { draw } from '@/testing';
import { LogInPage } from './LogInPage';

const session = { has_accounts: true, needs_set_up: false, is_logged_in: true, user: null, is_admin: false, projects: [], is_confirmed: true, idle_seconds: 1800, tokens: null };

function answerWith(status: number, body: unknown) {
  return vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })));
}

async function logInAs(name: string, password: string) {
  const client = new QueryClient();
  client.setQueryData(['datasets'], 'what the last user saw');
  draw(<QueryClientProvider client={client}><LogInPage /></QueryClientProvider>);
  await userEvent.type(screen.getByLabelText(/^Name/), name);
  await userEvent.type(screen.getByLabelText(/^Password/), password);
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
  return client;
}

test('logging in forgets what an earlier user has seen', async () => {
  const asked = answerWith(200, session);
  const client = await logInAs('ann', 'correct horse');
  await waitFor(() => expect(client.getQueryData(queries.session().queryKey)?.is_logged_in).toBe(true));
  expect(client.getQueryData(['datasets'])).toBeUndefined();
  expect(await (asked.mock.calls[0]![0] as Request).clone().json()).toEqual({ name: 'ann', password: 'correct horse', tokens: false, code: null });
});

test('a refusal is said and the name stays', async () => {
  answerWith(401, { title: 'Log in needed', status: 401, detail: 'The name or the password is wrong.', problems: [] });
  await logInAs('ann', 'wrong');
  expect(await screen.findByText('The name or the password is wrong.')).toBeInTheDocument();
  expect(screen.getByLabelText(/^Name/)).toHaveValue('ann');
});

test('a second factor is asked for when the server wants one', async () => {
  const asked = answerWith(401, { title: 'Code needed', status: 401, detail: 'Give the code that your authenticator app shows, or a recovery code.', problems: [] });
  await logInAs('ann', 'correct horse');
  await userEvent.type(await screen.findByLabelText(/^Code/), '287082');
  await userEvent.click(screen.getByRole('button', { name: 'Log in' }));
  await waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
  expect(await (asked.mock.calls[1]![0] as Request).clone().json()).toEqual({ name: 'ann', password: 'correct horse', tokens: false, code: '287082' });
});
