import { Text } from '@mantine/core';
import type { ModelView, Prediction } from '@/api';
import { formatNumber, formatShare, formatValue, humanize, shorten } from '@/components/format';
import { regionText } from '@/components/regionText';
import { Bars } from './Bars';
import { Waterfall } from './Waterfall';

interface ReasonsProps {
  prediction: Prediction;
  model: Pick<ModelView, 'task' | 'target' | 'classes'>;
  /** What the reasons add up to. */
  explained?: 'raw_score' | 'prediction' | undefined;
}

/** A prediction with its probabilities and the way that led to it. */
export function Reasons({ prediction, model, explained = 'raw_score' }: ReasonsProps) {
  const { reasons, bias, reasons_for: reasonsFor } = prediction;
  const toward = reasonsFor ?? model.target;
  const probabilities = Object.entries(prediction.probabilities).sort(([, a], [, b]) => b - a);
  const score = reasons && bias !== null ? reasons.reduce((sum, reason) => sum + reason.contribution, bias) : null;
  const probability = probabilities.find(([name]) => name === reasonsFor)?.[1];
  return (
    <div>
      <Text size="sm" c="dimmed">Prediction</Text>
      <Text fw={620} size="xl" mb="xs" style={{ overflowWrap: 'anywhere' }}>{formatValue(prediction.prediction)}</Text>
      {prediction.interval && <Text size="sm" mb="xs">Lies within <strong>{regionText(prediction)}</strong> with the certainty the model was trained for.</Text>}
      {prediction.set && <Text size="sm" mb="xs">With the certainty the model was trained for, it is {prediction.set.length > 1 ? 'one of ' : ''}<strong>{regionText(prediction)}</strong>.</Text>}
      {model.task === 'clustering' && probabilities.map(([name, value]) => <Text key={name}>{humanize(name)}: {formatNumber(value, 4)}</Text>)}
      {model.task !== 'clustering' && probabilities.length > 0 && (
        <Bars label={model.task === 'outlier_detection' ? 'Score' : 'Probabilities'} full={1} bars={probabilities.slice(0, 6).map(([name, value]) => ({ key: name, name: shorten(name, 30), value, text: formatShare(value) }))} />
      )}
      {reasons && bias !== null && (
        <>
          <Text fw={600} mt="lg" mb={4}>Why</Text>
          <Waterfall bias={bias} contributions={reasons} toward={toward} explained={explained} />
          <Text size="sm" c="dimmed" mt="sm">
            {explained === 'prediction'
              ? `The columns move the prediction of ${toward} to ${formatNumber(score, 4)}: sampled, so that more evaluations would shift them a little.`
              : model.task === 'outlier_detection'
              ? `The columns move the raw score to ${formatNumber(score, 4)}; two to its power is the score, so that a column is worth what it shortens the paths by which trees set the row apart.`
              : model.task === 'regression'
              ? `The columns move the prediction of ${model.target} from its starting point to ${formatNumber(score, 4)}.`
              : `The columns move the raw score of ${toward} to ${formatNumber(score, 4)}${probability === undefined ? '' : `, which means a probability of ${formatShare(probability)}`}.`}
            {' '}The starting point is what is said before any column is known.
          </Text>
        </>
      )}
    </div>
  );
}
