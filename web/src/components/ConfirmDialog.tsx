import { Button, Group, Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemNotice } from './ProblemNotice';

interface ConfirmDialogProps {
  opened: boolean;
  title: string;
  children: ReactNode;
  confirmLabel: string;
  /** Red where something is lost. */
  color?: string;
  cancelLabel?: string;
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something is lost, or changed for others. */
export function ConfirmDialog({ opened, title, children, confirmLabel, color = 'red', cancelLabel = 'Keep it', busy, error, onConfirm, onClose }: ConfirmDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={<Text fw={600}>{title}</Text>} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Text size="sm" component="div">{children}</Text>
      {error !== null && error !== undefined && <ProblemNotice error={error} mt="md" />}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>{cancelLabel}</Button>
        <Button color={color} loading={busy} onClick={onConfirm}>{confirmLabel}</Button>
      </Group>
    </Modal>
  );
}
