import { Anchor, Button, Collapse, Group, MultiSelect, Select, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { HyperparameterView } from '@/api';
import { counted, humanize } from '@/components/format';
import { changedSettings, check, countProblems, initialValue, rangeText, type FormValue } from './hyperparameters';

interface HyperparameterFormProps {
  parameters: readonly HyperparameterView[];
  inputs: ReadonlyMap<string, FormValue>;
  onChange: (inputs: ReadonlyMap<string, FormValue>) => void;
  /** The table's columns, from which settings that name columns are chosen. */
  columns?: readonly string[];
}

/** The form that an algorithm's declared hyperparameters make. */
export function HyperparameterForm({ parameters, inputs, onChange, columns = [] }: HyperparameterFormProps) {
  const advancedId = useId();
  const [opened, setOpened] = useState(false);
  const plain = parameters.filter((parameter) => !parameter.advanced);
  const advanced = parameters.filter((parameter) => parameter.advanced);
  const hiddenProblems = countProblems(advanced, inputs);
  const set = (name: string, value: FormValue) => onChange(new Map(inputs).set(name, value));
  const fields = (list: readonly HyperparameterView[]) => (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="md" style={{ alignItems: 'end' }}>
      {list.map((parameter) => <Field key={parameter.name} parameter={parameter} columns={columns} input={inputs.get(parameter.name) ?? initialValue(parameter)} onChange={(value) => set(parameter.name, value)} />)}
    </SimpleGrid>
  );

  return (
    <div>
      {fields(plain)}
      {advanced.length > 0 && (
        <>
          <Button
            variant="subtle" size="compact-sm" mt="md" px={4} aria-expanded={opened} aria-controls={advancedId} onClick={() => setOpened(!opened)}
            leftSection={opened ? <IconChevronDown size={15} aria-hidden /> : <IconChevronRight size={15} aria-hidden />}
          >
            {counted(advanced.length, 'advanced setting')}{hiddenProblems > 0 ? `, ${hiddenProblems} to mend` : ''}
          </Button>
          <Collapse expanded={opened} id={advancedId} pt="sm">{fields(advanced)}</Collapse>
        </>
      )}
      {changedSettings(parameters, inputs).size > 0 && (
        <Group mt="sm"><Anchor component="button" type="button" size="sm" onClick={() => onChange(new Map())}>Back to the defaults</Anchor></Group>
      )}
    </div>
  );
}

function Field({ parameter, input, columns, onChange }: { parameter: HyperparameterView; input: FormValue; columns: readonly string[]; onChange: (value: FormValue) => void }) {
  const label = humanize(parameter.name);
  const { problem } = check(parameter, input);
  if (parameter.type === 'boolean') {
    return <Switch label={label} description={parameter.meaning} checked={input === true} onChange={(event) => onChange(event.currentTarget.checked)} style={{ alignSelf: 'center' }} />;
  }

  if (parameter.type === 'names') {
    const chosen = Array.isArray(input) ? input.map(String) : [];
    return (
      <MultiSelect
        label={label} description={parameter.meaning} value={chosen} onChange={onChange} data={[...new Set([...columns, ...chosen])]} searchable clearable limit={100}
        placeholder={chosen.length === 0 ? 'Choose columns' : undefined} nothingFoundMessage="No column has that name"
      />
    );
  }

  const text = String(input);
  if (parameter.type === 'choice') {
    return (
      <Select
        label={label} description={parameter.meaning} value={text} error={problem} onChange={(value) => onChange(value ?? '')}
        data={(parameter.choices ?? []).map((choice) => ({ value: choice, label: humanize(choice) }))}
      />
    );
  }

  const numeric = parameter.type !== 'text';
  const standard = parameter.default === null || parameter.default === undefined || parameter.default === '' ? 'none' : String(parameter.default);
  return (
    <TextInput
      label={label} description={parameter.meaning} value={text} error={problem} inputMode={numeric ? 'decimal' : 'text'} placeholder={`default: ${standard}`}
      onChange={(event) => onChange(event.currentTarget.value)}
      rightSectionWidth="auto" autoComplete="off"
      aria-description={numeric ? `${rangeText(parameter.min, parameter.max)}, default ${standard}` : undefined}
      rightSection={numeric && (parameter.min !== null || parameter.max !== null)
        ? <span style={{ paddingInline: 10, fontSize: 11, color: 'var(--mantine-color-dimmed)', whiteSpace: 'nowrap' }}>{rangeText(parameter.min, parameter.max)}</span>
        : undefined}
    />
  );
}
