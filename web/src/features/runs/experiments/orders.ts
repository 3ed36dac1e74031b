import type { RunView } from '@/api';
import { metricBetter, metricTitle } from '@/components/metricWords';

const mostMetrics = 12;

/** In which orders runs can be shown: by time, name, and the metrics that they have. */
export function orders(runs: readonly RunView[]): { value: string; label: string }[] {
  const metrics = [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))].slice(0, mostMetrics);
  return [
    { value: '', label: 'Newest first' },
    { value: 'attributes.start_time ASC', label: 'Oldest first' },
    { value: 'attributes.run_name ASC', label: 'By name' },
    ...metrics.map((name) => ({ value: `metrics."${name}" ${metricBetter(name) === 'higher' ? 'DESC' : 'ASC'}`, label: `${metricTitle(name)}, ${metricBetter(name) === 'higher' ? 'highest' : 'lowest'} first` })),
  ];
}
