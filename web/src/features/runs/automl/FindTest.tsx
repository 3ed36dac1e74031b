import { NumberInput, SimpleGrid, TextInput } from '@mantine/core';
import { formatCount } from '@/components/format';
import { Section } from '@/components/Section';
import type { TrainChoices } from '../train/trainPlan';

interface FindTestProps {
  choices: TrainChoices;
  rowCount: number;
  onChange: (choices: Partial<TrainChoices>) => void;
}

/** The rows that choose nothing, and what the result is called. */
export function FindTest({ choices, rowCount, onChange }: FindTestProps) {
  const testRows = Math.round((rowCount * choices.testPercent) / 100);
  return (
    <Section title="6. Test and name" description="Rows that choose nothing: the finished model is measured on them once.">
      <SimpleGrid cols={{ base: 1, sm: 3 }} style={{ alignItems: 'end' }}>
        <NumberInput
          label="Rows for the test" description={Number.isFinite(testRows) ? `About ${formatCount(testRows)} of ${formatCount(rowCount)} rows` : 'A part of the rows'} suffix=" %" min={1} max={90} value={choices.testPercent}
          onChange={(value) => onChange({ testPercent: typeof value === 'number' ? value : Number.NaN })}
        />
        <TextInput label="Name of the run" description="Left empty, it is named for you" value={choices.name} maxLength={120} onChange={(event) => onChange({ name: event.currentTarget.value })} />
        <NumberInput
          label="Seed" description="Of the split and of all that is drawn" min={0} max={Number.MAX_SAFE_INTEGER} allowDecimal={false} value={choices.seed}
          onChange={(value) => onChange({ seed: typeof value === 'number' ? value : 0 })}
        />
      </SimpleGrid>
    </Section>
  );
}
