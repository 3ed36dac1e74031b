import type { PlanView } from '@/api';
import { calibrations, usualFinish } from './finish';
import { preparationChoices } from './preparation';
import type { TrainStart } from './TrainForm';

/** What the form takes from a plan, whoever carried it out: what is predicted from which rows and columns, how they are prepared, and how is decided. */
export function planChoices(plan: PlanView) {
  return {
    target: plan.target,
    kind: plan.task,
    positiveClass: plan.positive_class,
    dropped: new Set(plan.drop),
    group: plan.group,
    time: plan.time,
    weight: plan.weight,
    preparation: preparationChoices(plan.preparation ?? null),
    finish: {
      ...usualFinish,
      calibration: calibrations.find(({ value }) => value === plan.calibration)?.value ?? null,
      decision: plan.costs ? 'costs' : plan.decision_metric ? 'metric' : 'probable',
      metric: plan.decision_metric ?? usualFinish.metric,
      costs: plan.costs ?? null,
    },
    seed: plan.seed,
    threads: plan.threads,
  } satisfies TrainStart['choices'];
}
