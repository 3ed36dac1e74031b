import { MultiSelect, NumberInput, SimpleGrid, Stack, Switch } from '@mantine/core';
import { FoldedSection } from '@/components/FoldedSection';
import { familyWords, type StudyChoices } from './study';

interface LimitChoiceProps {
  study: StudyChoices;
  onChange: (some: Partial<StudyChoices>) => void;
}

/** What the model has to keep to, and what is tried at all. */
export function LimitChoice({ study, onChange }: LimitChoiceProps) {
  return (
    <FoldedSection title="Limits and families" summary={summaryOf(study)} description="A baseline that looks at no column and a linear model are always tried, so that the gain is visible.">
      <Stack>
        <MultiSelect
          label="Families" description="What is tried; empty for all that suit the table" placeholder={study.families.length === 0 ? 'All' : undefined} clearable
          value={[...study.families]} data={[...familyWords]} onChange={(families) => onChange({ families })}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
          <NumberInput
            label="A prediction may take" description="For each row, of many at a time; the slowest members are left out until it holds" placeholder="no limit" suffix={' \u00b5s'} min={1} max={1e9}
            value={study.inferLimit ?? ''} onChange={(value) => onChange({ inferLimit: typeof value === 'number' ? value : null })}
          />
          <NumberInput
            label="Models may take" description="All of them with their predictions, while it learns" placeholder="half of what there is" suffix=" MB" min={1} max={1e7}
            value={study.memoryLimit ?? ''} onChange={(value) => onChange({ memoryLimit: typeof value === 'number' ? value : null })}
          />
        </SimpleGrid>
        <Switch
          label="Let the clock decide nothing" description="A fixed plan instead of a limit of time: the same seed gives the same model, however long it takes." checked={study.deterministic}
          onChange={(event) => onChange({ deterministic: event.currentTarget.checked })}
        />
      </Stack>
    </FoldedSection>
  );
}

function summaryOf({ families, inferLimit, memoryLimit, deterministic }: StudyChoices): string {
  const parts = [
    families.length === 0 ? 'All families' : familyWords.filter(({ value }) => families.includes(value)).map(({ label }) => label).join(', '),
    ...(inferLimit === null ? [] : [`${inferLimit} \u00b5s a row`]),
    ...(memoryLimit === null ? [] : [`${memoryLimit} MB`]),
    ...(deterministic ? ['the clock decides nothing'] : []),
  ];
  return parts.length === 1 && families.length === 0 ? 'All families, no further limit' : parts.join('; ');
}
