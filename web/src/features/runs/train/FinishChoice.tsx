import { NumberInput, Radio, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import type { CalibrationMethod, IntervalMethod, LearningTask, MetricView } from '@/api';
import { FoldedSection } from '@/components/FoldedSection';
import { CostMatrix } from './CostMatrix';
import { calibrations, evenCosts, finishSummary, intervalMethods, isClasses, methodsFor, mostCostClasses, thresholdMetrics, type DecisionBy, type FinishChoices } from './finish';

interface FinishChoiceProps {
  task: LearningTask | null;
  /** In the model's order; null where they are not known. */
  classNames: readonly string[] | null;
  metrics: readonly MetricView[];
  finish: FinishChoices;
  onChange: (finish: FinishChoices) => void;
  /** Comparisons make no intervals: no metric speaks of them. */
  withIntervals?: boolean;
}

const none = 'none';

/** What is done to the answers after learning: calibrated probabilities, a rule for calling classes, intervals. */
export function FinishChoice({ task, classNames, metrics, finish, onChange, withIntervals = true }: FinishChoiceProps) {
  const classes = isClasses(task);
  if (!classes && !(withIntervals && task === 'regression')) {
    return null;
  }

  const change = (some: Partial<FinishChoices>) => onChange({ ...finish, ...some });
  return (
    <FoldedSection
      title={classes ? 'Probabilities and decisions' : 'Intervals'} summary={finishSummary(finish, task)}
      description="Settled on rows of the training part that the models concerned had not seen; the test rows have no say in it."
    >
      <Stack gap="lg">
        {classes && <Calibration chosen={finish.calibration} onChange={(calibration) => change({ calibration })} />}
        {classes && <Decision binary={task === 'binary_classification'} classNames={classNames} metrics={metrics} finish={finish} onChange={change} />}
        {withIntervals && <Coverage task={task} finish={finish} onChange={change} />}
      </Stack>
    </FoldedSection>
  );
}

function Calibration({ chosen, onChange }: { chosen: CalibrationMethod | null; onChange: (method: CalibrationMethod | null) => void }) {
  return (
    <Select
      label="Calibrate probabilities" maw={560} value={chosen ?? none} onChange={(value) => onChange(value === none ? null : (value as CalibrationMethod))}
      description={calibrations.find(({ value }) => value === chosen)?.meaning ?? 'So that of the rows given 80 %, about 80 % come true. Worth it when the probabilities themselves are used.'}
      data={[{ value: none, label: 'Leave them as they are' }, ...calibrations.map(({ value, label }) => ({ value, label }))]}
    />
  );
}

interface DecisionProps {
  binary: boolean;
  classNames: readonly string[] | null;
  metrics: readonly MetricView[];
  finish: FinishChoices;
  onChange: (some: Partial<FinishChoices>) => void;
}

function Decision({ binary, classNames, metrics, finish, onChange }: DecisionProps) {
  const offered = thresholdMetrics(metrics);
  const costly = classNames !== null && classNames.length <= mostCostClasses;
  const choose = (by: DecisionBy) => onChange({ decision: by, costs: by === 'costs' && classNames !== null ? (finish.costs ?? evenCosts(classNames.length)) : finish.costs });
  return (
    <div>
      <Radio.Group label="Which class is called" value={finish.decision} onChange={(value) => choose(value as DecisionBy)}>
        <Stack gap="xs" mt="xs">
          <Radio value="probable" label="The most probable one" />
          {binary && <Radio value="metric" label="From the threshold that is best by a metric" description="For rare classes, which are hardly ever the most probable one" />}
          <Radio
            value="costs" disabled={!costly} label="The one that costs least"
            description={costly ? 'When one mistake is worse than another' : classNames === null ? 'Not all classes of this column are known here; costs can be given over REST' : `For up to ${mostCostClasses} classes`}
          />
        </Stack>
      </Radio.Group>
      {binary && finish.decision === 'metric' && (
        <Select
          mt="sm" ml={28} maw={400} label="Metric of the threshold" value={finish.metric} searchable onChange={(metric) => metric !== null && onChange({ metric })}
          description={offered.find(({ name }) => name === finish.metric)?.meaning} data={offered.map(({ name, title }) => ({ value: name, label: title }))}
        />
      )}
      {finish.decision === 'costs' && costly && <div style={{ margin: '10px 0 0 28px' }}><CostMatrix classNames={classNames} costs={finish.costs} onChange={(costs) => onChange({ costs })} /></div>}
    </div>
  );
}

function Coverage({ task, finish, onChange }: { task: LearningTask | null; finish: FinishChoices; onChange: (some: Partial<FinishChoices>) => void }) {
  const classes = isClasses(task);
  const methods = methodsFor(task);
  const method = finish.method !== null && methods.includes(finish.method) ? finish.method : (methods[0] ?? 'split');
  return (
    <div>
      <SimpleGrid cols={{ base: 1, sm: 2 }} style={{ alignItems: 'end' }}>
        <NumberInput
          label={classes ? 'Sets of classes that cover' : 'Intervals that cover'} suffix=" % of the rows" placeholder="none" min={1} max={99.9} decimalScale={1} value={finish.coverage ?? ''}
          description={classes ? 'Beside the called class, all that it may be with this certainty; empty for none' : 'Beside the number, where it lies with this certainty; empty for none'}
          onChange={(value) => onChange({ coverage: typeof value === 'number' ? value : null })}
        />
        <Select
          label="Method" description={intervalMethods[method].meaning} disabled={finish.coverage === null} value={method} onChange={(value) => onChange({ method: value as IntervalMethod })}
          data={methods.map((value) => ({ value, label: intervalMethods[value].label }))}
        />
      </SimpleGrid>
      {finish.coverage === null && <Text size="xs" c="dimmed" mt={6}>90 % is a usual choice. How often they really held the truth is measured on the test rows.</Text>}
    </div>
  );
}
