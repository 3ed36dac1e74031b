import { Affix, Button, Group, Paper, Text, Transition } from '@mantine/core';
import { counted } from '@/components/format';
import { ProblemNotice } from '@/components/ProblemNotice';

interface TypeChangesProps {
  count: number;
  busy: boolean;
  error: unknown;
  onApply: () => void;
  onDiscard: () => void;
}

/** Floats over the page while there are type changes that were not applied yet. */
export function TypeChanges({ count, busy, error, onApply, onDiscard }: TypeChangesProps) {
  return (
    <Affix position={{ bottom: 20, left: 20, right: 20 }} zIndex={90} style={{ pointerEvents: 'none' }}>
      <Transition mounted={count > 0} transition="slide-up">
        {(style) => (
          <Paper withBorder shadow="md" p="sm" maw={640} mx="auto" style={{ ...style, pointerEvents: 'auto' }} role="region" aria-label="Type changes">
            <Group justify="space-between" wrap="nowrap">
              <div>
                <Text fw={550}>{counted(count, 'type')} changed</Text>
                <Text size="sm" c="dimmed">The original file is read again into a new version; this one stays.</Text>
              </div>
              <Group gap="xs" wrap="nowrap">
                <Button variant="default" onClick={onDiscard} disabled={busy}>Discard</Button>
                <Button onClick={onApply} loading={busy}>Apply</Button>
              </Group>
            </Group>
            {error !== null && <ProblemNotice error={error} mt="sm" />}
          </Paper>
        )}
      </Transition>
    </Affix>
  );
}
