import { Select, SimpleGrid, Text } from '@mantine/core';
import type { DatasetView, LearningTask, PresetView } from '@/api';
import { taskNames } from '@/components/metricWords';
import { Notes } from '@/components/Notes';
import { Section } from '@/components/Section';
import type { TrainChoices } from './trainPlan';

interface TargetChoiceProps {
  dataset: DatasetView;
  presets: readonly PresetView[];
  choices: TrainChoices;
  task: LearningTask | null;
  onChange: (choices: Partial<TrainChoices>) => void;
}

const automatic = 'automatic';
const noPreset = 'none';

export function TargetChoice({ dataset, presets, choices, task, onChange }: TargetChoiceProps) {
  const names = dataset.columns.map((column) => column.name);
  const suggested = presets.find((one) => one.name === dataset.preset);
  const choosePreset = (name: string | null) => {
    const preset = presets.find((one) => one.name === name) ?? null;
    onChange({ preset: preset?.name ?? null, target: preset?.target ?? choices.target, group: preset?.group ?? null });
  };

  return (
    <Section title="2. What to predict" description="One column of the table: a model learns to fill it in from the others.">
      {suggested && choices.preset === suggested.name && (
        <Notes notes={[`This table looks like ${suggested.title}. The preset keeps out columns that give the answer away and keeps rows that belong together on one side of the test.`]} />
      )}
      <SimpleGrid cols={{ base: 1, sm: 3 }} mt={suggested ? 'md' : 0}>
        <Select
          label="Preset" value={choices.preset ?? noPreset} onChange={(value) => choosePreset(value === noPreset ? null : value)}
          description="What is known about this kind of table"
          data={[{ value: noPreset, label: 'None' }, ...presets.map((preset) => ({ value: preset.name, label: `${preset.title}${preset.name === dataset.preset ? ' (fits)' : ''}` }))]}
        />
        <Select
          label="Column to predict" description="Also called target or label" data={names} value={choices.target} searchable limit={100} placeholder="Choose a column"
          nothingFoundMessage="No column has that name" onChange={(target) => onChange({ target })} withAsterisk
        />
        <Select
          label="Kind of answer" description={task === null || choices.task !== null ? 'A class or a number' : `Looks like: ${taskNames[task].toLowerCase()}`}
          value={choices.task ?? automatic} onChange={(value) => onChange({ task: value === automatic ? null : (value as LearningTask) })}
          data={[{ value: automatic, label: 'Tell from the column' }, ...Object.entries(taskNames).map(([value, label]) => ({ value, label }))]}
        />
      </SimpleGrid>
      {choices.preset !== null && choices.target !== null && !names.includes(choices.target) && (
        <Text size="sm" c="var(--bad)" mt="sm">This table has no column {'\u201c'}{choices.target}{'\u201d'}, which the preset predicts. Choose another preset or another column.</Text>
      )}
    </Section>
  );
}
