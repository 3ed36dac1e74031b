import { Checkbox, List, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { promoteVersion, type ModelVersionView, type PromotionCheck, type RegistryPlace } from '@/api';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { useRegistryChange } from './useRegistryChange';

interface PromoteDialogProps {
  place: RegistryPlace;
  version: ModelVersionView;
  /** What stands against it; undefined while that is measured. */
  check: PromotionCheck | undefined;
  onClose: () => void;
}

/** Brings a version into production, past its gates and approvals. */
export function PromoteDialog({ place, version, check, onClose }: PromoteDialogProps) {
  const [previous, setPrevious] = useState<string>('archived');
  const [reason, setReason] = useState('');
  const [force, setForce] = useState(false);
  const promote = useRegistryChange(
    () => promoteVersion(place, version.version, { to: 'production', previous: previous === 'staged' ? 'staged' : 'archived', force, reason: reason.trim() === '' ? null : reason.trim() }),
    () => `Version ${version.version} is in production.`, onClose);
  return (
    <ConfirmDialog
      opened title={`Promote version ${version.version} to production?`} confirmLabel="Promote it" color={force ? 'red' : 'indigo'} cancelLabel="Leave it" busy={promote.isPending} error={promote.error}
      onConfirm={() => promote.mutate(undefined)} onClose={onClose}
    >
      <Stack gap="sm">
        {check && !check.ready && (
          <div>
            <Text size="sm" c="var(--caution)">It would be refused now:</Text>
            <List size="sm" spacing={2}>{check.problems.map((problem) => <List.Item key={problem} style={{ overflowWrap: 'anywhere' }}>{problem}</List.Item>)}</List>
          </div>
        )}
        {check?.ready && <Text size="sm">Nothing stands against it. The gates are measured once more, and what they say is kept with the promotion.</Text>}
        <Radio.Group label="What was in production before is" value={previous} onChange={setPrevious}>
          <Stack gap="xs" mt={6}>
            <Radio value="archived" label="archived" />
            <Radio value="staged" label="staged" />
          </Stack>
        </Radio.Group>
        <Textarea label="Why" description={force ? 'Needed to pass over gates.' : 'For the history; may stay empty.'} required={force} autosize minRows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {check && !check.ready && <Checkbox label="Pass over gates that refuse" description="Takes an administrator of the project and a reason; the history keeps both." checked={force} onChange={(event) => setForce(event.currentTarget.checked)} />}
      </Stack>
    </ConfirmDialog>
  );
}
