import { Button, PasswordInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { setOwnPassword } from '@/api';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { passwordHint, showPassword } from './words';

export function PasswordPanel() {
  const [present, setPresent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => setOwnPassword(present, next),
    onSuccess: () => {
      setPresent('');
      setNext('');
      notifications.show({ message: 'Your password was changed. Your other sessions have ended.' });
    },
  });
  return (
    <Section title="Password" description="All your other sessions end when you change it.">
      <form onSubmit={(event) => { event.preventDefault(); change.mutate(); }}>
        <Stack maw={420}>
          <PasswordInput label="Present password" autoComplete="current-password" required value={present} visibilityToggleButtonProps={showPassword} onChange={(event) => setPresent(event.currentTarget.value)} />
          <PasswordInput label="New password" description={passwordHint} autoComplete="new-password" required minLength={8} value={next} visibilityToggleButtonProps={showPassword} onChange={(event) => setNext(event.currentTarget.value)} />
          {change.isError && <ProblemNotice error={change.error} />}
          <Button type="submit" variant="default" loading={change.isPending} style={{ alignSelf: 'start' }}>Change the password</Button>
        </Stack>
      </form>
    </Section>
  );
}
