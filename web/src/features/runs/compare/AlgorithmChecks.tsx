import { Button, Checkbox, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { AlgorithmView, ColumnType, LearningTask } from '@/api';
import { counted } from '@/components/format';
import { Section } from '@/components/Section';
import { comparable, isUsual, suitable, usualComparison } from '../train/knownAlgorithms';
import classes from '../train/AlgorithmChoice.module.css';

interface AlgorithmChecksProps {
  algorithms: readonly AlgorithmView[];
  task: LearningTask | null;
  kinds: readonly ColumnType[];
  rowCount: number;
  chosen: readonly string[];
  onChange: (names: string[]) => void;
}

/** Which algorithms are measured. */
export function AlgorithmChecks({ algorithms, task, kinds, rowCount, chosen, onChange }: AlgorithmChecksProps) {
  const [all, setAll] = useState(false);
  const able = comparable(algorithms, task);
  const fitting = suitable(algorithms, task, rowCount, kinds);
  const shown = all ? able : able.filter((algorithm) => isUsual(algorithm, kinds) || chosen.includes(algorithm.name));
  return (
    <Section
      title="5. Algorithms" description="Each with its defaults, on the same folds. A baseline that ignores all columns is always measured too: what the others have to beat."
      actions={
        <>
          <Button size="xs" variant="default" onClick={() => onChange(fitting)}>All suitable ({fitting.length})</Button>
          <Button size="xs" variant="default" onClick={() => onChange(usualComparison(algorithms, task, kinds))}>The usual ones</Button>
          <Button size="xs" variant="default" disabled={chosen.length === 0} onClick={() => onChange([])}>None</Button>
        </>
      }
    >
      <Checkbox.Group value={[...chosen]} onChange={onChange}>
        <div className={classes.cards} role="group" aria-label="Algorithms to compare">
          {shown.map((algorithm) => (
            <Checkbox.Card key={algorithm.name} value={algorithm.name} className={classes.card} aria-label={algorithm.title}>
              <div className={classes.head}>
                <Checkbox.Indicator size="xs" />
                <span className={classes.title}>{algorithm.title}</span>
              </div>
              <div className={classes.summary}>{algorithm.summary}</div>
            </Checkbox.Card>
          ))}
        </div>
      </Checkbox.Group>
      <Group mt="sm" gap="md">
        {shown.length < able.length || all
          ? <Button variant="subtle" size="compact-sm" px={4} aria-expanded={all} onClick={() => setAll(!all)}>{all ? 'Show the usual ones only' : `Show ${counted(able.length - shown.length, 'more algorithm')}`}</Button>
          : null}
        <Text size="xs" c="dimmed">{'\u201c'}All suitable{'\u201d'} leaves out what takes long on {counted(rowCount, 'row')}, refuses most tables, or is made of other algorithms.</Text>
      </Group>
    </Section>
  );
}
