import { Select, SimpleGrid } from '@mantine/core';
import type { PresetView } from '@/api';
import { FoldedSection } from '@/components/FoldedSection';
import type { TrainChoices } from './trainPlan';

interface StructureChoiceProps {
  columns: readonly string[];
  preset: PresetView | null;
  choices: TrainChoices;
  onChange: (choices: Partial<TrainChoices>) => void;
}

/** What rows have to do with each other: without it a test can flatter a model. */
export function StructureChoice({ columns, preset, choices, onChange }: StructureChoiceProps) {
  return (
    <FoldedSection
      title="4. How rows belong together" summary={summaryOf(choices)}
      description="Rows of one star, patient or machine resemble each other. If some were learned and others tested, the test would look too good."
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label="Keep together" description={preset?.group && choices.group === preset.group ? 'Set by the preset' : 'Rows with the same value stay on one side of the test'}
          placeholder="Every row stands alone" data={[...columns]} value={choices.group} searchable clearable limit={100} onChange={(group) => onChange({ group, time: group === null ? choices.time : null })}
        />
        <Select
          label="Ordered in time by" description="Learn from earlier rows, test on later ones" placeholder="No order in time" data={[...columns]} value={choices.time} searchable clearable limit={100}
          onChange={(time) => onChange({ time, group: time === null ? choices.group : null })}
        />
        <Select
          label="Row weights" description="A column that says how much each row counts" placeholder="Every row counts the same" data={[...columns]} value={choices.weight} searchable clearable limit={100}
          onChange={(weight) => onChange({ weight })}
        />
      </SimpleGrid>
    </FoldedSection>
  );
}

function summaryOf({ group, time, weight }: TrainChoices): string {
  const structure = group !== null ? `Rows with the same ${group} stay together` : time !== null ? `Ordered in time by ${time}` : 'Every row stands alone';
  return weight === null ? structure : `${structure}; weighted by ${weight}`;
}
