import { Badge, Text } from '@mantine/core';
import { IconCheck, IconQuestionMark, IconX } from '@tabler/icons-react';
import type { GateOutcome } from '@/api';
import { gateTitle } from './words';
import classes from './RegisteredModelPage.module.css';

const looks = {
  passed: { label: 'Passed', color: 'teal', icon: <IconCheck size={13} aria-hidden /> },
  failed: { label: 'Failed', color: 'red', icon: <IconX size={13} aria-hidden /> },
  unknown: { label: 'Unknown', color: 'yellow', icon: <IconQuestionMark size={13} aria-hidden /> },
} as const;

/** What came of each gate, and why. */
export function GateOutcomes({ outcomes }: { outcomes: readonly GateOutcome[] }) {
  return outcomes.length === 0 ? <Text size="sm" c="dimmed">No gates are set.</Text> : (
    <div>
      {outcomes.map((outcome, index) => {
        const { label, color, icon } = looks[outcome.verdict];
        return (
          <div key={index} className={classes.gate}>
            <Badge color={color} leftSection={icon}>{label}</Badge>
            <Text size="sm" fw={500}>{gateTitle(outcome)}</Text>
            {outcome.verdict === 'unknown' && !outcome.refuses && <Text size="sm" c="dimmed">does not stand in the way</Text>}
            <div className={classes.why}>{outcome.why}</div>
          </div>
        );
      })}
    </div>
  );
}
