import { Button, Group, Modal, PasswordInput, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { confirmSession } from '@/api';
import { ProblemNotice } from '@/components/ProblemNotice';
import { settleConfirmation, useConfirmationNeeded } from './confirmation';
import { showPassword } from './words';

/** Asks for the password once more before something dangerous. */
export function ConfirmationDialog() {
  const opened = useConfirmationNeeded();
  const [password, setPassword] = useState('');
  const confirm = useMutation({
    mutationFn: () => confirmSession(password),
    onSuccess: () => {
      setPassword('');
      settleConfirmation(true);
    },
  });
  const close = () => {
    setPassword('');
    confirm.reset();
    settleConfirmation(false);
  };
  return (
    <Modal opened={opened} onClose={close} zIndex={300} title={<Text fw={600}>Your password, please</Text>} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={(event) => { event.preventDefault(); confirm.mutate(); }}>
        <PasswordInput
          label="Password" description="This changes who may do what, so make sure that it is you." autoComplete="current-password" required data-autofocus
          value={password} visibilityToggleButtonProps={showPassword} onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {confirm.isError && <ProblemNotice error={confirm.error} mt="md" />}
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={close}>Cancel</Button>
          <Button type="submit" loading={confirm.isPending}>Go on</Button>
        </Group>
      </form>
    </Modal>
  );
}
