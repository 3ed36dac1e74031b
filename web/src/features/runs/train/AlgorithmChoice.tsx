import { Radio } from '@mantine/core';
import type { AlgorithmView, LearningTask } from '@/api';
import { taskNames } from '@/components/metricWords';
import classes from './AlgorithmChoice.module.css';

interface AlgorithmChoiceProps {
  algorithms: readonly AlgorithmView[];
  task: LearningTask | null;
  chosen: string | null;
  onChoose: (name: string) => void;
}

export function AlgorithmChoice({ algorithms, task, chosen, onChoose }: AlgorithmChoiceProps) {
  return (
    <Radio.Group value={chosen} onChange={onChoose} aria-label="Algorithm">
      <div className={classes.cards}>
        {algorithms.map((algorithm) => {
          const fits = task === null || algorithm.tasks.includes(task);
          return (
            <Radio.Card key={algorithm.name} value={algorithm.name} disabled={!fits} className={classes.card} aria-label={algorithm.title}>
              <div className={classes.head}>
                <Radio.Indicator size="xs" />
                <span className={classes.title}>{algorithm.title}</span>
              </div>
              <div className={classes.summary}>{fits || task === null ? algorithm.summary : `Cannot predict ${taskNames[task].toLowerCase()}.`}</div>
            </Radio.Card>
          );
        })}
      </div>
    </Radio.Group>
  );
}
