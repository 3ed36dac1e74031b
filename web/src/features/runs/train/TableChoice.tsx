import { Select } from '@mantine/core';
import type { DatasetView } from '@/api';
import { counted } from '@/components/format';
import { Section } from '@/components/Section';
import classes from './TrainPage.module.css';

interface TableChoiceProps {
  ready: readonly DatasetView[];
  chosen: DatasetView | undefined;
  onChoose: (id: string | null) => void;
}

/** Which dataset is learned from. */
export function TableChoice({ ready, chosen, onChoose }: TableChoiceProps) {
  return (
    <div className={classes.dataset}>
      <Section title="1. Table">
        <Select
          label="Learn from" placeholder="Choose a dataset" searchable value={chosen?.id ?? null} maw={560} nothingFoundMessage="No dataset has that name" onChange={onChoose}
          data={ready.map((one) => ({ value: one.id, label: `${one.name}${one.version > 1 ? ` (version ${one.version})` : ''}: ${counted(one.row_count, 'row')}, ${counted(one.column_count, 'column')}` }))}
        />
      </Section>
    </div>
  );
}

/** The dataset that is meant: the one named, or the only one there is. */
export function chosenTable(ready: readonly DatasetView[], id: string | undefined): DatasetView | undefined {
  return ready.find((one) => one.id === id) ?? (id === undefined && ready.length === 1 ? ready[0] : undefined);
}
