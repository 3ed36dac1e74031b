import type { LineageKind } from '@/api';

/** What each kind is called, and whether one may ask for its own lineage. */
export const kinds: Record<LineageKind, { label: string; color: number; asked: boolean }> = {
  dataset: { label: 'Dataset', color: 1, asked: true },
  input: { label: 'Dataset elsewhere', color: 1, asked: false },
  split: { label: 'Split', color: 7, asked: false },
  pipeline: { label: 'Pipeline', color: 7, asked: false },
  run: { label: 'Run', color: 5, asked: true },
  model: { label: 'Model', color: 3, asked: true },
  logged_model: { label: 'Logged model', color: 3, asked: true },
  model_version: { label: 'Version', color: 4, asked: true },
  deployment: { label: 'Deployment', color: 2, asked: true },
  predictions: { label: 'Predictions', color: 6, asked: false },
};
