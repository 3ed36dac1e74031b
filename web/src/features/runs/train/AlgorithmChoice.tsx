import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import type { AlgorithmView, ColumnType, LearningTask } from '@/api';
import { counted } from '@/components/format';
import { fits, isUsual } from './knownAlgorithms';
import classes from './AlgorithmChoice.module.css';

interface AlgorithmChoiceProps {
  algorithms: readonly AlgorithmView[];
  task: LearningTask | null;
  kinds: readonly ColumnType[];
  chosen: string | null;
  onChoose: (name: string) => void;
}

export function AlgorithmChoice({ algorithms, task, kinds, chosen, onChoose }: AlgorithmChoiceProps) {
  const [all, setAll] = useState(false);
  const able = algorithms.filter((algorithm) => fits(algorithm, task));
  const usual = able.filter((algorithm) => isUsual(algorithm, kinds) || algorithm.name === chosen);
  const shown = all || usual.length === 0 ? able : usual;
  return (
    <>
      <Radio.Group value={chosen} onChange={onChoose} aria-label="Algorithm">
        <div className={classes.cards}>
          {shown.map((algorithm) => (
            <Radio.Card key={algorithm.name} value={algorithm.name} className={classes.card} aria-label={algorithm.title}>
              <div className={classes.head}>
                <Radio.Indicator size="xs" />
                <span className={classes.title}>{algorithm.title}</span>
              </div>
              <div className={classes.summary}>{algorithm.summary}</div>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      {(all || shown.length < able.length) && (
        <Button variant="subtle" size="compact-sm" mt="sm" px={4} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show the usual ones only' : `Show ${counted(able.length - shown.length, 'more algorithm')}`}
        </Button>
      )}
    </>
  );
}
