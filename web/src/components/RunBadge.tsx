import { Badge, Group, Tooltip } from '@mantine/core';
import { runStatus, type RunView } from '@/api';
import { StatusBadge } from './StatusBadge';

/** How far a run is, and that another program carries it out where one does. */
export function RunBadge({ run }: { run: RunView }) {
  return (
    <Group gap={6}>
      <StatusBadge status={runStatus(run)} />
      {run.reported && <Tooltip label="Another program carries it out and reports it through MLflow’s API"><Badge color="grape" tabIndex={0}>Reported</Badge></Tooltip>}
    </Group>
  );
}
