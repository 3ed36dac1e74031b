import type { ModalityAblation } from '@/api';

export interface WorthOfModality extends ModalityAblation {
  /** By how much the metric is worse without it; below 0 where it is better. */
  lost: number;
}

/** The parts that matter most first. */
export function orderedModalities(modalities: readonly ModalityAblation[], lowerIsBetter: boolean): WorthOfModality[] {
  return modalities.map((one) => ({ ...one, lost: lowerIsBetter ? one.without - one.with : one.with - one.without })).sort((a, b) => b.lost - a.lost);
}
