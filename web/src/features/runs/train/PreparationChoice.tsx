import { ActionIcon, Button, Collapse, Select, Text, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconChevronDown, IconChevronRight, IconX } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { AlgorithmView, StepView } from '@/api';
import { FoldedSection } from '@/components/FoldedSection';
import { counted, humanize } from '@/components/format';
import { HyperparameterForm } from './HyperparameterForm';
import { changedSettings, countProblems, type FormValue } from './hyperparameters';
import { addStep, afterPreparation, changeStep, moveStep, preparationSummary, removeStep, usualPreparation, type StepChoice } from './preparation';
import classes from './PreparationChoice.module.css';

interface PreparationChoiceProps {
  known: readonly StepView[];
  steps: readonly StepChoice[];
  columns: readonly string[];
  /** Null where several algorithms are meant. */
  algorithm: AlgorithmView | null;
  onChange: (steps: StepChoice[]) => void;
}

/** What is done to the columns before learning: steps in order, each learned from training rows only. */
export function PreparationChoice({ known, steps, columns, algorithm, onChange }: PreparationChoiceProps) {
  return (
    <FoldedSection
      title="Preparation" summary={preparationSummary(steps)} opened={steps.length > 0}
      description="What is done to the columns before learning, in this order. Each step learns from training rows only, so that the test stays honest."
    >
      {steps.length > 0 && (
        <ol className={classes.steps} aria-label="Preparation steps">
          {steps.map((step, index) => (
            <Step
              key={step.key} choice={step} number={index + 1} count={steps.length} columns={columns} view={known.find(({ name }) => name === step.step)}
              onChange={(inputs) => onChange(changeStep(steps, step.key, inputs))} onMove={(by) => onChange(moveStep(steps, step.key, by))} onRemove={() => onChange(removeStep(steps, step.key))}
            />
          ))}
        </ol>
      )}
      <Select
        label={steps.length === 0 ? 'Add a step' : 'Add another step'} placeholder="Choose what to do" searchable maw={560} value={null} maxDropdownHeight={340}
        nothingFoundMessage="No step has that name" data={known.map(({ name }) => ({ value: name, label: humanize(name) }))}
        onChange={(name) => name !== null && onChange(addStep(steps, name))}
        filter={({ options, search }) => options.filter((option) => 'value' in option && matches(known.find(({ name }) => name === option.value), search))}
        renderOption={({ option }) => (
          <div>
            <Text size="sm" fw={550}>{option.label}</Text>
            <Text size="xs" c="dimmed">{known.find(({ name }) => name === option.value)?.summary}</Text>
          </div>
        )}
      />
      <Text size="sm" c="dimmed" mt="sm">
        {algorithm !== null
          ? (steps.length === 0 ? usualPreparation(algorithm.usual_preparation) : afterPreparation(algorithm.needs_complete_numbers))
          : `${steps.length === 0 ? 'Left empty' : 'After these'}, each algorithm gets what it usually needs: gaps filled and categories spread out where it takes only complete numbers.`}
      </Text>
    </FoldedSection>
  );
}

function matches(step: StepView | undefined, search: string): boolean {
  return step !== undefined && `${humanize(step.name)} ${step.summary}`.toLowerCase().includes(search.trim().toLowerCase());
}

interface StepProps {
  choice: StepChoice;
  view: StepView | undefined;
  number: number;
  count: number;
  columns: readonly string[];
  onChange: (inputs: ReadonlyMap<string, FormValue>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function Step({ choice, view, number, count, columns, onChange, onMove, onRemove }: StepProps) {
  const id = useId();
  const settings = view?.settings ?? [];
  const changed = changedSettings(settings, choice.inputs);
  const problems = countProblems(settings, choice.inputs);
  const [opened, setOpened] = useState(settings.some((setting) => setting.type === 'names' && setting.name === 'columns') || problems > 0);
  const name = humanize(choice.step);
  return (
    <li className={classes.step}>
      <div className={classes.head}>
        <span className={classes.number} aria-hidden>{number}.</span>
        <div className={classes.words}>
          <div className={classes.name}>{name}</div>
          <div className={classes.summary}>{view?.summary ?? 'This server does not know this step.'}</div>
        </div>
        <div className={classes.tools}>
          <ActionIcon variant="subtle" color="gray" aria-label={`Move ${name} up`} disabled={number === 1} onClick={() => onMove(-1)}><IconArrowUp size={16} /></ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={`Move ${name} down`} disabled={number === count} onClick={() => onMove(1)}><IconArrowDown size={16} /></ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${name}`} onClick={onRemove}><IconX size={16} /></ActionIcon>
        </div>
      </div>
      {settings.length > 0 && (
        <>
          <Button
            variant="subtle" size="compact-sm" px={4} mt={6} aria-expanded={opened} aria-controls={id} onClick={() => setOpened(!opened)}
            leftSection={opened ? <IconChevronDown size={15} aria-hidden /> : <IconChevronRight size={15} aria-hidden />}
          >
            {problems > 0 ? `${counted(problems, 'setting')} to mend` : changed.size > 0 ? `${counted(changed.size, 'setting')} changed` : `${counted(settings.length, 'setting')}, all at the default`}
            <VisuallyHidden>{` of ${name}`}</VisuallyHidden>
          </Button>
          <Collapse expanded={opened} id={id}>
            <div className={classes.settings}><HyperparameterForm parameters={settings} inputs={choice.inputs} onChange={onChange} columns={columns} /></div>
          </Collapse>
        </>
      )}
    </li>
  );
}
