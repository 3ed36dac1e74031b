import { Radio, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { stopAbTest, type AbTestView } from '@/api';
import { ConfirmDialog } from '@/components/ConfirmDialog';

/** Ends a test, and says which model gets the traffic. */
export function StopDialog({ test, onClose }: { test: AbTestView; onClose: () => void }) {
  const client = useQueryClient();
  const [winner, setWinner] = useState<string>(test.winner ?? 'none');
  const stop = useMutation({
    mutationFn: () => stopAbTest(test.name, winner === 'a' || winner === 'b' ? winner : null),
    onSuccess: async () => {
      onClose();
      notifications.show({ message: 'The test has ended.' });
      await Promise.all([client.invalidateQueries({ queryKey: ['ab-tests'] }), client.invalidateQueries({ queryKey: ['deployments'] })]);
    },
  });
  return (
    <ConfirmDialog opened title={`End the test ${test.name}?`} confirmLabel="End it" color="indigo" cancelLabel="Go on" busy={stop.isPending} error={stop.error} onConfirm={() => stop.mutate()} onClose={onClose}>
      <Stack gap="sm">
        No further outcomes count. {test.winner === null && 'It is not decided, so either model may be the better one. '}What becomes of the traffic?
        <Radio.Group value={winner} onChange={setWinner} aria-label="What becomes of the traffic">
          <Stack gap="xs">
            <Radio value="a" label={`All of it goes to A${test.winner === 'a' ? ', the winner' : ''}`} />
            <Radio value="b" label={`All of it goes to B${test.winner === 'b' ? ', the winner' : ''}`} />
            <Radio value="none" label="It stays parted as it is" />
          </Stack>
        </Radio.Group>
      </Stack>
    </ConfirmDialog>
  );
}
