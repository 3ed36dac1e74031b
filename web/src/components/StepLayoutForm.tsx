import { Button, Group, MultiSelect, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { StepLayout } from '@/api';

interface StepLayoutFormProps {
  fileName: string;
  /** The file's columns; empty where they cannot be read here. */
  columns: readonly string[];
  onUpload: (steps: StepLayout) => void;
  onCancel: () => void;
}

/** Asks which rows of a table are one series, before it is uploaded. */
export function StepLayoutForm({ fileName, columns, onUpload, onCancel }: StepLayoutFormProps) {
  const [id, setId] = useState<string | null>(null);
  const [time, setTime] = useState<string | null>(null);
  const [channels, setChannels] = useState<string[]>([]);
  return (
    <form
      aria-label="Steps and series"
      onSubmit={(event) => {
        event.preventDefault();
        if (id !== null) {
          onUpload({ id, time, channels });
        }
      }}
    >
      <Text fw={550} style={{ overflowWrap: 'anywhere' }}>{fileName}: one row is one step</Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs" style={{ alignItems: 'end' }}>
        <Column label="One series is" description="Rows with the same value here" columns={columns} value={id} onChange={setId} required />
        <Column label="Its steps are ordered by" description="The order of the file when left empty" columns={columns} value={time} onChange={setTime} />
        {columns.length > 0 && (
          <MultiSelect
            label="Measured at each step" description="All numbers that change within a series when left empty" data={columns.filter((name) => name !== id && name !== time)} value={channels} onChange={setChannels}
            searchable clearable limit={100}
          />
        )}
      </SimpleGrid>
      <Group mt="md" gap="sm">
        <Button type="submit" disabled={id === null}>Upload as series</Button>
        <Button variant="default" onClick={onCancel}>Another file</Button>
      </Group>
    </form>
  );
}

interface ColumnProps {
  label: string;
  description: string;
  columns: readonly string[];
  value: string | null;
  required?: boolean;
  onChange: (value: string | null) => void;
}

/** One of the columns, or its name where they are not known. */
function Column({ label, description, columns, value, required = false, onChange }: ColumnProps) {
  return columns.length > 0
    ? <Select label={label} description={description} data={[...columns]} value={value} onChange={onChange} required={required} searchable clearable={!required} limit={100} />
    : <TextInput label={label} description={description} value={value ?? ''} required={required} onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)} />;
}
