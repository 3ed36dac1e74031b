import type { KeptColumn, Prediction } from '@/api';
import { toCsv } from '@/charts';
import { uncertaintyColumns } from '@/components/uncertainty';

/** The same table that the command line writes: row, the columns by which rows are known, prediction, p(class) for each class, and where the model has them the ends of intervals or the sets of classes, and how unsure it is. */
export function predictionsCsv(classes: readonly string[], predictions: readonly Prediction[], kept: readonly KeptColumn[] = []): string {
  const [first] = predictions;
  const regions: [string, (prediction: Prediction) => string | number | null][] = first?.interval
    ? [['lower', ({ interval }) => interval?.lower ?? null], ['upper', ({ interval }) => interval?.upper ?? null]]
    : first?.set ? [['set', ({ set }) => (set ?? []).join('|')]] : [];
  const unsure = uncertaintyColumns(predictions, classes.length === 0);
  const [deviation, parts] = [unsure.filter(({ name }) => name === 'standard_deviation'), unsure.filter(({ name }) => name !== 'standard_deviation')];
  const told = ['prediction', ...classes.map((name) => `p(${name})`), ...deviation.map(({ name }) => name), ...regions.map(([name]) => name), ...parts.map(({ name }) => name)];
  const beside = kept.map(({ column }) => (column === 'row' || told.includes(column) ? `${column} (table)` : column));
  return toCsv(['row', ...beside, ...told], predictions.map((prediction, place) => {
    const probabilities = new Map(Object.entries(prediction.probabilities));
    return [prediction.row, ...kept.map(({ values }) => values[place] ?? null), prediction.prediction, ...classes.map((name) => probabilities.get(name) ?? null), ...deviation.map(({ read }) => read(prediction)), ...regions.map(([, read]) => read(prediction)), ...parts.map(({ read }) => read(prediction))];
  }));
}
