import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { DoorCard } from './DoorCard';
import { FirstAdministrator, useFirstAdministrator } from './FirstAdministrator';
import { showPassword } from './words';

/** The first run of a server that others can reach: whoever has its token makes the first administrator. */
export function SetUpPage() {
  const [token, setToken] = useState('');
  const first = useFirstAdministrator(token);
  return (
    <DoorCard title="Set up Strata" description="Nobody has an account yet. Give the token that the server printed when it started, and make the first administrator." onSubmit={first.submit}>
      <PasswordInput label="Token" required autoFocus autoComplete="off" value={token} visibilityToggleButtonProps={showPassword} onChange={(event) => setToken(event.currentTarget.value)} />
      <FirstAdministrator {...first} />
    </DoorCard>
  );
}
