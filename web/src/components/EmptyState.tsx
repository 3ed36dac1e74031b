import { Stack, Text, Title } from '@mantine/core';
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
      <Title order={3}>{title}</Title>
      {children && <Text c="dimmed" ta="center" maw={460}>{children}</Text>}
      {action && <div className={classes.action}>{action}</div>}
    </Stack>
  );
}
