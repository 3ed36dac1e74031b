import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries, type TrainedRun, type TuningView } from '@/api';
import { Bars, ChartFigure, ParallelLines, XYChart } from '@/charts';
import { formatNumber, formatShare } from '@/components/format';
import { LoadingBlock } from '@/components/Loading';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { completed, parallelAxes, parallelLines } from './parallel';
import classes from '../RunPage.module.css';

/** The search before the training: its trials, the best of them, and what they say about the hyperparameters. */
export function TuningPanel({ run }: { run: TrainedRun }) {
  const tuning = useQuery(queries.tuning(run.id));
  if (tuning.isPending) {
    return <div className={classes.stack}><LoadingBlock height={110} /><LoadingBlock height={300} /></div>;
  }

  if (tuning.isError) {
    return <ProblemNotice error={tuning.error} onRetry={() => void tuning.refetch()} />;
  }

  return <TuningResults tuning={tuning.data} />;
}

function TuningResults({ tuning }: { tuning: TuningView }) {
  const count = (status: string) => tuning.trials.filter((trial) => trial.status === status).length;
  return (
    <div className={classes.stack}>
      <Section title="Best hyperparameters" description={`Trial ${tuning.best_trial} has the best mean ${tuning.metric} over the folds: ${formatNumber(tuning.best_value, 4)}. The model was then fitted with these on all training rows.`}>
        <Table>
          <Table.Thead><Table.Tr><Table.Th scope="col">Hyperparameter</Table.Th><Table.Th scope="col">Value</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {Object.entries(tuning.best_hyperparameters).map(([name, value]) => (
              <Table.Tr key={name}><Table.Td>{name}</Table.Td><Table.Td className="numeric">{typeof value === 'number' ? formatNumber(value, 5) : String(value)}</Table.Td></Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Text size="sm" c="dimmed" mt="sm">{count('completed')} trials completed, {count('pruned')} pruned, {count('failed')} failed. {tuning.folds}</Text>
      </Section>
      <div className={classes.panel}><History tuning={tuning} /></div>
      {tuning.importance.length > 0 && (
        <div className={classes.panel}>
          <ChartFigure
            title="Which hyperparameters matter" picture={false}
            description={`How much of the variation of ${tuning.metric} over the searched space each explains by itself. What is missing to 100 % they explain together.`}
            table={{ columns: ['hyperparameter', 'share'], rows: tuning.importance.map((one) => [one.parameter, one.share]) }}
          >
            <Bars label="Hyperparameters by importance" full={1} bars={tuning.importance.map((one) => ({ key: one.parameter, name: one.parameter, value: one.share, text: formatShare(one.share) }))} />
          </ChartFigure>
        </div>
      )}
      <div className={classes.panel}>
        <ChartFigure
          title="Trials over all hyperparameters"
          description="A line for each completed trial, from its hyperparameters to its value; better ones are stronger, the best has a colour of its own."
          table={{
            columns: ['trial', ...tuning.axes.map((axis) => axis.parameter), tuning.metric],
            rows: completed(tuning).map((trial) => [trial.number, ...tuning.axes.map((axis) => cell(new Map(Object.entries(trial.hyperparameters)).get(axis.parameter))), trial.value]),
          }}
        >
          <ParallelLines label="Trials over all hyperparameters" axes={parallelAxes(tuning)} lines={parallelLines(tuning)} />
        </ChartFigure>
      </div>
    </div>
  );
}

function History({ tuning }: { tuning: TuningView }) {
  const best = tuning.trials.flatMap((trial) => (trial.best === null ? [] : [{ x: trial.number, y: trial.best }]));
  return (
    <ChartFigure
      title="History of the search"
      description={`The ${tuning.metric} of each completed trial, and the best so far.`}
      table={{ columns: ['trial', 'status', tuning.metric, 'best'], rows: tuning.trials.map((trial) => [trial.number, trial.status, trial.value, trial.best]) }}
    >
      <XYChart
        label="History of the search"
        x={{ label: 'trial' }} y={{ label: tuning.metric }}
        series={[
          { name: 'trial', points: completed(tuning).map((trial) => ({ x: trial.number, y: trial.value! })), draw: 'dots', color: 1 },
          { name: 'best so far', points: best, draw: 'line', color: 2 },
        ]}
      />
    </ChartFigure>
  );
}

function cell(value: unknown) {
  return typeof value === 'number' || value === undefined ? value ?? null : String(value);
}
