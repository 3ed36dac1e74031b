import type { GateKind, GateOutcome, GateView, ModelVersionStatus } from '@/api';
import { formatNumber } from '@/components/format';
import { metricTitle } from '@/components/metricWords';

export const statuses: Record<ModelVersionStatus, { label: string; color: string; meaning: string }> = {
  training: { label: 'Registered', color: 'gray', meaning: 'It is known, and nothing more.' },
  staged: { label: 'Staged', color: 'indigo', meaning: 'It is under trial.' },
  production: { label: 'In production', color: 'teal', meaning: 'It is in use.' },
  archived: { label: 'Archived', color: 'gray', meaning: 'It is no longer in use.' },
};

export const gateKinds: Record<GateKind, { label: string; hint: string; hasMetric: boolean; bound: string | null }> = {
  metric_floor: { label: 'A metric at least', hint: 'Of its test rows.', hasMetric: true, bound: 'At least' },
  metric_ceiling: { label: 'A metric at most', hint: 'Of its test rows.', hasMetric: true, bound: 'At most' },
  not_worse: { label: 'Not worse than what is in production', hint: 'By a metric of the test rows.', hasMetric: true, bound: 'Worse by at most' },
  calibration_error: { label: 'Calibration error at most', hint: 'How far stated probabilities are from what happened.', hasMetric: false, bound: 'At most' },
  drift: { label: 'Drift at most', hint: 'The stability index of the rows that the deployment meets.', hasMetric: false, bound: 'At most' },
  latency: { label: 'A single row within milliseconds', hint: 'Measured on this server.', hasMetric: false, bound: 'Milliseconds' },
  leak_audit: { label: 'No leak found', hint: 'By the audit of its training.', hasMetric: false, bound: null },
};

/** A gate in words, such as `Accuracy at least 0.9`. */
export function gateTitle({ kind, metric, bound }: Pick<GateView, 'kind' | 'metric' | 'bound'> | GateOutcome): string {
  const name = metricTitle(metric ?? 'metric');
  const limit = formatNumber(bound, 4);
  switch (kind) {
    case 'metric_floor': return `${name} at least ${limit}`;
    case 'metric_ceiling': return `${name} at most ${limit}`;
    case 'not_worse': return `${name} ${bound ? `at most ${limit} worse` : 'not worse'} than in production`;
    case 'calibration_error': return `Calibration error at most ${limit}`;
    case 'drift': return `Stability index at most ${limit}`;
    case 'latency': return `A row within ${limit} ms`;
    case 'leak_audit': return 'No leak found';
  }
}

const happenings = new Map([
  ['registered', 'Registered'], ['status', 'Status changed'], ['promoted', 'Promoted'], ['demoted', 'Demoted'], ['rolled_back', 'Rolled back'], ['refused', 'Refused'], ['approved', 'Approved'], ['rejected', 'Rejected'],
  ['alias', 'Alias set'], ['rules', 'Rules set'], ['renamed', 'Renamed'], ['deleted', 'Deleted'],
]);

const colors = new Map([['promoted', 'teal'], ['approved', 'teal'], ['rolled_back', 'orange'], ['refused', 'red'], ['rejected', 'red'], ['demoted', 'orange'], ['deleted', 'red']]);

/** What happened, as people say it. */
export function happening(what: string): { label: string; color: string } {
  return { label: happenings.get(what) ?? what, color: colors.get(what) ?? 'gray' };
}

/** A status that stands in the history, or whatever else was changed. */
export function changedText(value: string | null): string | null {
  return value === null ? null : value in statuses ? statuses[value as ModelVersionStatus].label.toLowerCase() : value;
}
