import type { Prediction } from '@/api';
import { toCsv } from '@/charts';

/** The same table that the command line writes: row, prediction, and p(class) for each class. */
export function predictionsCsv(classes: readonly string[], predictions: readonly Prediction[]): string {
  return toCsv(['row', 'prediction', ...classes.map((name) => `p(${name})`)], predictions.map((prediction) => {
    const probabilities = new Map(Object.entries(prediction.probabilities));
    return [prediction.row, prediction.prediction, ...classes.map((name) => probabilities.get(name) ?? null)];
  }));
}
