import type { Prediction } from '@/api';
import { toCsv } from '@/charts';

/** The same table that the command line writes: row, prediction, p(class) for each class, and where the model has them the ends of intervals or the sets of classes. */
export function predictionsCsv(classes: readonly string[], predictions: readonly Prediction[]): string {
  const [first] = predictions;
  const regions: [string, (prediction: Prediction) => string | number | null][] = first?.interval
    ? [['lower', ({ interval }) => interval?.lower ?? null], ['upper', ({ interval }) => interval?.upper ?? null]]
    : first?.set ? [['set', ({ set }) => (set ?? []).join('|')]] : [];
  return toCsv(['row', 'prediction', ...classes.map((name) => `p(${name})`), ...regions.map(([name]) => name)], predictions.map((prediction) => {
    const probabilities = new Map(Object.entries(prediction.probabilities));
    return [prediction.row, prediction.prediction, ...classes.map((name) => probabilities.get(name) ?? null), ...regions.map(([, read]) => read(prediction))];
  }));
}
