import { Group, Title } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { type LinkProps } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import classes from './PageHeader.module.css';
import { TextLink } from './links';

interface PageHeaderProps {
  title: string;
  /** Beside the title, such as a status. */
  badge?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** The list that this page belongs to. */
  parent?: { to: LinkProps['to']; label: string };
}

export function PageHeader({ title, badge, description, actions, parent }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} \u00b7 Strata`;
  }, [title]);

  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {parent && (
          <nav aria-label="Breadcrumb" className={classes.parent}>
            <IconChevronLeft size={14} aria-hidden />
            <TextLink to={parent.to} size="sm" c="dimmed">{parent.label}</TextLink>
          </nav>
        )}
        <Group gap="sm" align="center">
          <Title order={1} className={classes.title}>{title}</Title>
          {badge}
        </Group>
        {description && <div className={classes.description}>{description}</div>}
      </div>
      {actions && <Group gap="xs" className={classes.actions}>{actions}</Group>}
    </header>
  );
}
