import { Stack, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ConfirmDialog } from '@/components/ConfirmDialog';

interface ReasonDialogProps {
  opened: boolean;
  title: string;
  children: ReactNode;
  confirmLabel: string;
  busy: boolean;
  error: unknown;
  onConfirm: (reason: string | null) => void;
  onClose: () => void;
}

/** Asks before a change of the registry, and for what the history shall say. */
export function ReasonDialog({ children, onConfirm, ...dialog }: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog {...dialog} color="indigo" cancelLabel="Leave it" onConfirm={() => onConfirm(reason.trim() === '' ? null : reason.trim())}>
      <Stack gap="sm">
        <div>{children}</div>
        <Textarea label="Why" description="For the history; may stay empty." autosize minRows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </Stack>
    </ConfirmDialog>
  );
}
