import { Badge } from '@mantine/core';
import type { ModelVersionStatus } from '@/api';
import { statuses } from './words';

export function VersionStatus({ status }: { status: ModelVersionStatus }) {
  return <Badge color={statuses[status].color} data-status={status}>{statuses[status].label}</Badge>;
}
