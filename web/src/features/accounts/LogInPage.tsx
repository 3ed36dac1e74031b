import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { logIn, ProblemError } from '@/api';
import { ProblemNotice } from '@/components/ProblemNotice';
import { DoorCard } from './DoorCard';
import { useEnter } from './useEnter';
import { showPassword } from './words';

export function LogInPage() {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asksForCode, setAsksForCode] = useState(false);
  const enter = useEnter(() => logIn(name, password, asksForCode ? code : null));
  const needsCode = isCodeNeeded(enter.error);
  if (needsCode && !asksForCode) {
    setAsksForCode(true);
  }

  return (
    <DoorCard title="Log in" description="This server has accounts. After logging in you are where you wanted to go." onSubmit={() => enter.mutate(undefined)}>
      <TextInput label="Name" name="username" autoComplete="username" required autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <PasswordInput label="Password" name="password" autoComplete="current-password" required value={password} visibilityToggleButtonProps={showPassword} onChange={(event) => setPassword(event.currentTarget.value)} />
      {asksForCode && (
        <TextInput label="Code" description="What your authenticator app shows, or a recovery code." name="code" autoComplete="one-time-code" required data-autofocus value={code} onChange={(event) => setCode(event.currentTarget.value)} />
      )}
      {enter.isError && !needsCode && <ProblemNotice error={enter.error} />}
      <Button type="submit" loading={enter.isPending}>Log in</Button>
    </DoorCard>
  );
}

function isCodeNeeded(error: unknown) {
  return error instanceof ProblemError && error.status === 401 && error.title === 'Code needed';
}
