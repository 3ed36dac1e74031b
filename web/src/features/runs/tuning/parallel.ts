import type { TuningView } from '@/api';
import type { ParallelAxis, ParallelLine } from '@/charts';
import { formatNumber } from '@/components/format';

type SearchAxis = TuningView['axes'][number];

/** Where a value stands on its axis, from 0 to 1; null where the parameter did not count. */
export function placeOf(axis: SearchAxis, value: unknown): number | null {
  if (value === undefined || value === null) {
    return null;
  }

  if (axis.choices.length > 0) {
    return axis.choices.length > 1 ? axis.choices.indexOf(String(value)) / (axis.choices.length - 1) : 0.5;
  }

  const [least, most] = [axis.min ?? 0, axis.max ?? 1];
  const number = Number(value);
  if (least === most) {
    return 0.5;
  }

  return axis.is_log_scale ? Math.log(number / least) / Math.log(most / least) : (number - least) / (most - least);
}

export function parallelAxes(tuning: TuningView): ParallelAxis[] {
  const values = completed(tuning).map((trial) => trial.value!);
  const ends = (least: number, most: number) => [{ place: 0, text: formatNumber(least, 3) }, { place: 1, text: formatNumber(most, 3) }];
  return [
    ...tuning.axes.map((axis) => ({
      name: axis.parameter,
      ticks: axis.choices.length > 0 ? axis.choices.map((choice) => ({ place: placeOf(axis, choice) ?? 0, text: choice })) : ends(axis.min ?? 0, axis.max ?? 1),
    })),
    { name: tuning.metric, ticks: values.length > 0 ? ends(Math.min(...values), Math.max(...values)) : [] },
  ];
}

/** A line a completed trial; the better its value, the more it is to be seen. */
export function parallelLines(tuning: TuningView): ParallelLine[] {
  const trials = completed(tuning);
  const values = trials.map((trial) => trial.value!);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return trials.map((trial) => {
    const place = most > least ? (trial.value! - least) / (most - least) : 0.5;
    return {
      key: String(trial.number),
      places: [...tuning.axes.map((axis) => placeOf(axis, new Map(Object.entries(trial.hyperparameters)).get(axis.parameter))), place],
      weight: tuning.direction === 'minimize' ? 1 - place : place,
      best: trial.number === tuning.best_trial,
    };
  });
}

export function completed(tuning: TuningView) {
  return tuning.trials.filter((trial) => trial.status === 'completed' && trial.value !== null);
}
