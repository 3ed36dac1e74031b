import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { logIn } from '@/api';
import { ProblemNotice } from '@/components/ProblemNotice';
import { DoorCard } from './DoorCard';
import { useEnter } from './useEnter';
import { showPassword } from './words';

export function LogInPage() {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const enter = useEnter(() => logIn(name, password));
  return (
    <DoorCard title="Log in" description="This server has accounts. After logging in you are where you wanted to go." onSubmit={() => enter.mutate(undefined)}>
      <TextInput label="Name" name="username" autoComplete="username" required autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <PasswordInput label="Password" name="password" autoComplete="current-password" required value={password} visibilityToggleButtonProps={showPassword} onChange={(event) => setPassword(event.currentTarget.value)} />
      {enter.isError && <ProblemNotice error={enter.error} />}
      <Button type="submit" loading={enter.isPending}>Log in</Button>
    </DoorCard>
  );
}
