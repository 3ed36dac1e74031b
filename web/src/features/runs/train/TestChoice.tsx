import { NumberInput, SimpleGrid, TagsInput, TextInput } from '@mantine/core';
import { formatCount } from '@/components/format';
import { Section } from '@/components/Section';
import { hasNoTarget, type TrainChoices } from './trainPlan';

interface TestChoiceProps {
  choices: TrainChoices;
  rowCount: number;
  onChange: (choices: Partial<TrainChoices>) => void;
}

function numberOr(value: number | string, otherwise: number) {
  return typeof value === 'number' ? value : otherwise;
}

export function TestChoice({ choices, rowCount, onChange }: TestChoiceProps) {
  const testRows = Math.round((rowCount * choices.testPercent) / 100);
  return (
    <Section title="6. Test and name" description="Some rows are kept aside while learning; the results are measured on them alone.">
      <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
        <NumberInput
          label="Rows for the test" description={`About ${formatCount(testRows)} of ${formatCount(rowCount)} rows`} suffix=" %" min={1} max={90} value={choices.testPercent}
          onChange={(value) => onChange({ testPercent: numberOr(value, Number.NaN) })}
        />
        <TextInput label="Name of the run" description="Left empty, it is named for you" value={choices.name} maxLength={120} onChange={(event) => onChange({ name: event.currentTarget.value })} />
        {!hasNoTarget(choices.kind) && (
          <NumberInput
            label="Cross-validation" description={choices.tuning === null ? 'Also measured on so many parts of the training rows, for the spread; empty for none' : 'The search has folds of its own'} suffix=" parts" min={2} max={100} allowDecimal={false}
            placeholder="none" value={choices.tuning === null ? (choices.folds ?? '') : ''} disabled={choices.tuning !== null} onChange={(value) => onChange({ folds: typeof value === 'number' ? value : null })}
          />
        )}
        {!hasNoTarget(choices.kind) && (
          <TagsInput
            label="More metrics" description="Beside the usual ones, a number behind the name; Enter adds one" placeholder={choices.metrics.length === 0 ? 'f_beta:2' : ''} value={[...choices.metrics]}
            onChange={(metrics) => onChange({ metrics })} splitChars={[',', ' ']}
          />
        )}
        <NumberInput
          label="Seed" description="The same seed gives the same split and the same model" min={0} max={Number.MAX_SAFE_INTEGER} allowDecimal={false} value={choices.seed}
          onChange={(value) => onChange({ seed: numberOr(value, 0) })}
        />
        <NumberInput
          label="Threads" description="Left empty, every core of the server is used" min={1} max={256} allowDecimal={false} value={choices.threads ?? ''} placeholder="all"
          onChange={(value) => onChange({ threads: typeof value === 'number' ? value : null })}
        />
      </SimpleGrid>
    </Section>
  );
}
