import { Select, SimpleGrid, Text } from '@mantine/core';
import type { ColumnProfile, DatasetView, LearningTask, PresetView } from '@/api';
import { shorten } from '@/components/format';
import { kindNames, taskNames } from '@/components/metricWords';
import { Notes } from '@/components/Notes';
import { Section } from '@/components/Section';
import { classesOf } from './finish';
import { hasNoTarget, learnedClasses, presetAlgorithm, presetChoices, type AnswerKind, type TrainChoices } from './trainPlan';

interface TargetChoiceProps {
  dataset: DatasetView;
  presets: readonly PresetView[];
  preset: PresetView | null;
  choices: TrainChoices;
  task: LearningTask | null;
  profile: ColumnProfile | undefined;
  onChange: (choices: Partial<TrainChoices>) => void;
  /** Where only what predicts a column makes sense. */
  predictsOnly?: boolean;
}

const automatic = 'automatic';
const noPreset = 'none';
const withoutColumn = [{ value: 'outliers', label: 'Outliers: no column' }, { value: 'clusters', label: 'Clusters: no column' }];

export function TargetChoice({ dataset, presets, preset, choices, task, profile, onChange, predictsOnly = false }: TargetChoiceProps) {
  const names = dataset.columns.map((column) => column.name);
  const classes = preset !== null && preset.target === choices.target && preset.classes.length > 0 ? learnedClasses(preset) : classesOf(profile);
  const choosePreset = (name: string | null) => onChange(presetChoices(choices, preset, presets.find((one) => one.name === name) ?? null));
  const outliers = choices.kind === 'outliers';
  const alone = hasNoTarget(choices.kind);
  const chooseKind = (kind: AnswerKind | null) => {
    const target = hasNoTarget(kind) ? null : choices.target ?? preset?.target ?? dataset.suggested_target;
    onChange({ kind, target, positiveClass: null });
  };

  return (
    <Section title="2. What to predict" description={outliers ? 'Nothing: a model learns which rows are unlike the others.' : alone ? 'Nothing: a model learns which rows belong together.' : 'One column of the table: a model learns to fill it in from the others.'}>
      {preset && <Notes title={preset.name === dataset.preset ? `This table looks like ${preset.title}` : preset.title} notes={presetNotes(preset, !predictsOnly)} />}
      <SimpleGrid cols={{ base: 1, sm: 2 }} mt={preset ? 'md' : 0}>
        <Select
          label="Preset" value={choices.preset ?? noPreset} onChange={(value) => choosePreset(value === noPreset ? null : value)}
          description="What is known about this kind of table"
          data={[{ value: noPreset, label: 'None' }, ...presets.map((one) => ({ value: one.name, label: `${one.title}${one.name === dataset.preset ? ' (fits)' : ''}` }))]}
        />
        <Select
          label={outliers ? 'Column of known outliers' : alone ? 'Column to leave out' : 'Column to predict'}
          description={outliers ? 'If there is one: it is not learned from, and tells how many are found' : alone ? 'If there is one that the groups should not be made by' : 'Also called target or label'}
          data={names} value={choices.target} searchable limit={100} placeholder={alone ? 'None' : 'Choose a column'} clearable={alone}
          nothingFoundMessage="No column has that name" onChange={(target) => onChange({ target, positiveClass: null })} withAsterisk={!alone}
        />
        <Select
          label="Kind of answer" description={task === null || choices.kind !== null ? predictsOnly ? 'A class or a number' : 'A class, a number, what is unlike the rest, or what belongs together' : `Looks like: ${taskNames[task].toLowerCase()}`}
          value={choices.kind ?? automatic} onChange={(value) => chooseKind(value === automatic ? null : (value as AnswerKind))}
          data={[{ value: automatic, label: 'Tell from the column' }, ...Object.entries(kindNames).map(([value, label]) => ({ value, label })), ...(predictsOnly ? [] : withoutColumn)]}
        />
        {task === 'binary_classification' && classes.length === 2 && (
          <Select
            label="Class of interest" description="Precision and recall speak of this one" placeholder="Let Strata choose" clearable value={choices.positiveClass}
            data={classes} onChange={(positiveClass) => onChange({ positiveClass })}
          />
        )}
      </SimpleGrid>
      {preset !== null && choices.target !== null && !names.includes(choices.target) && (
        <Text size="sm" c="var(--bad)" mt="sm">This table has no column {'\u201c'}{choices.target}{'\u201d'}, which the preset predicts. Choose another preset or another column.</Text>
      )}
    </Section>
  );
}

function presetNotes(preset: PresetView, withAlgorithm: boolean): string[] {
  const notes = [
    preset.group === null ? 'The preset keeps out columns that must not be learned from.' : 'The preset keeps out columns that give the answer away, and keeps rows that belong together on one side of the test.',
    ...(presetAlgorithm(preset) === null || !withAlgorithm ? [] : ['It brings the algorithm that suits such tables, with its settings; see \u201cAlgorithm\u201d below.']),
  ];
  const labels = preset.classes.filter((label) => label.class !== label.label);
  if (labels.length > 0) {
    notes.push(shorten(labels.map((label) => (label.class === null ? `${label.label} is left out` : `${label.label} counts as ${label.class}`)).join('; '), 300));
  }

  return notes;
}
