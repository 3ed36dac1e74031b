import type { Prediction } from '@/api';

export interface UncertaintyColumn {
  /** As the command line calls it. */
  name: string;
  title: string;
  read: (prediction: Prediction) => number | null;
}

/** The columns that say how unsure predictions are, where the model tells: what more rows would teach, noise, and for numbers the root of both. */
export function uncertaintyColumns(predictions: readonly Prediction[], isNumber: boolean): UncertaintyColumn[] {
  const told = predictions.filter(({ uncertainty }) => uncertainty);
  if (told.length === 0) {
    return [];
  }

  const epistemic: UncertaintyColumn = { name: 'epistemic', title: 'Unsure for want of rows', read: ({ uncertainty }) => uncertainty?.epistemic ?? null };
  if (!told.some(({ uncertainty }) => typeof uncertainty?.aleatoric === 'number')) {
    return [epistemic];
  }

  const aleatoric: UncertaintyColumn = { name: 'aleatoric', title: 'Unsure by noise', read: ({ uncertainty }) => uncertainty?.aleatoric ?? null };
  const deviation: UncertaintyColumn = {
    name: 'standard_deviation',
    title: 'Standard deviation',
    read: ({ uncertainty }) => (uncertainty && typeof uncertainty.aleatoric === 'number' ? Math.sqrt(uncertainty.epistemic + uncertainty.aleatoric) : null),
  };
  return isNumber ? [deviation, epistemic, aleatoric] : [epistemic, aleatoric];
}
