import { NumberInput, SimpleGrid, Switch } from '@mantine/core';
import { Section } from '@/components/Section';
import { usualTuning, type TrainChoices } from './trainPlan';

interface TuneChoiceProps {
  choices: TrainChoices;
  onChange: (choices: Partial<TrainChoices>) => void;
}

/** Whether good settings are searched before the training, and what that may take. */
export function TuneChoice({ choices, onChange }: TuneChoiceProps) {
  const { tuning } = choices;
  const number = (value: number | string) => (typeof value === 'number' ? value : null);
  return (
    <Section title="Tune" description="Tries settings on folds of the training rows, learns from each try where to look next, and trains with the best. Settings that you changed above are held.">
      <Switch label="Search good settings first" checked={tuning !== null} onChange={(event) => onChange({ tuning: event.currentTarget.checked ? usualTuning : null })} />
      {tuning !== null && (
        <SimpleGrid cols={{ base: 1, sm: 3 }} mt="md">
          <NumberInput label="Trials" description="Left empty, as many as fit the time" min={1} max={1_000_000} allowDecimal={false} value={tuning.trials ?? ''} onChange={(value) => onChange({ tuning: { ...tuning, trials: number(value) } })} />
          <NumberInput label="Time limit" description="Minutes, the last fit counted" min={0.1} max={10_000} suffix=" min" value={tuning.minutes ?? ''} onChange={(value) => onChange({ tuning: { ...tuning, minutes: number(value) } })} />
          <NumberInput label="Folds" description="Each trial is tested on this many parts" min={2} max={100} allowDecimal={false} value={tuning.folds} onChange={(value) => onChange({ tuning: { ...tuning, folds: number(value) ?? usualTuning.folds } })} />
        </SimpleGrid>
      )}
    </Section>
  );
}
