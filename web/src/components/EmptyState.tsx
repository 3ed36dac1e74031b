import { Stack, Text } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';
import classes from './EmptyState.module.css';

interface EmptyStateProps {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" className={classes.empty}>
      <div className={classes.icon} aria-hidden><Icon size={22} stroke={1.6} /></div>
      <Text fw={600} size="lg" ta="center">{title}</Text>
      {children && <Text c="dimmed" ta="center" maw={460}>{children}</Text>}
      {action && <div className={classes.action}>{action}</div>}
    </Stack>
  );
}
