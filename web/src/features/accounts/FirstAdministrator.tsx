import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { setUp } from '@/api';
import { ProblemNotice } from '@/components/ProblemNotice';
import { useEnter } from './useEnter';
import { passwordHint, showPassword } from './words';

export function useFirstAdministrator(token: string | null) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const enter = useEnter(() => setUp(name, password, token));
  return { name, setName, password, setPassword, error: enter.error, busy: enter.isPending, submit: () => enter.mutate(undefined) };
}

/** The fields of the first account; the form around them is the caller's. */
export function FirstAdministrator({ name, setName, password, setPassword, error, busy }: ReturnType<typeof useFirstAdministrator>) {
  return (
    <>
      <TextInput label="Name" description="What you log in with." name="username" autoComplete="username" required value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <PasswordInput
        label="Password" description={passwordHint} name="new-password" autoComplete="new-password" required minLength={8} value={password}
        visibilityToggleButtonProps={showPassword} onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {error !== null && <ProblemNotice error={error} />}
      <Button type="submit" loading={busy}>Make the administrator</Button>
    </>
  );
}
