import { Select } from '@mantine/core';
import type { ModelView } from '@/api';

interface OutputSelectProps {
  model: ModelView;
  value: string | null;
  onChange: (output: string | null) => void;
}

/** The class that reasons speak of; of two classes and of numbers there is nothing to choose. */
export function OutputSelect({ model, value, onChange }: OutputSelectProps) {
  return model.classes.length <= 2 ? null : (
    <Select label="Class" maw={260} allowDeselect={false} value={value ?? model.classes[0] ?? null} onChange={onChange} data={model.classes} mb="sm" />
  );
}
