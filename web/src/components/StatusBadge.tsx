import { Badge, Loader } from '@mantine/core';
import { IconBan, IconCheck, IconClock, IconPlayerPause, IconX } from '@tabler/icons-react';
import type { JobStatus } from '@/api';

const look: Record<JobStatus, { label: string; color: string; icon: React.ReactNode }> = {
  queued: { label: 'Waiting', color: 'gray', icon: <IconClock size={13} aria-hidden /> },
  preparing: { label: 'Preparing', color: 'indigo', icon: <Loader size={11} color="currentColor" aria-hidden /> },
  running: { label: 'Running', color: 'indigo', icon: <Loader size={11} color="currentColor" aria-hidden /> },
  paused: { label: 'Paused', color: 'yellow', icon: <IconPlayerPause size={13} aria-hidden /> },
  completed: { label: 'Completed', color: 'teal', icon: <IconCheck size={13} aria-hidden /> },
  failed: { label: 'Failed', color: 'red', icon: <IconX size={13} aria-hidden /> },
  cancelled: { label: 'Cancelled', color: 'gray', icon: <IconBan size={13} aria-hidden /> },
};

export function StatusBadge({ status }: { status: JobStatus }) {
  const { label, color, icon } = look[status];
  return <Badge color={color} leftSection={icon} data-status={status}>{label}</Badge>;
}
