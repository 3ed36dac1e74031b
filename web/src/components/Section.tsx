import { Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import classes from './Section.module.css';

interface SectionProps {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Content reaches the card's edges, as tables do. */
  flush?: boolean;
  className?: string;
}

export function Section({ title, description, actions, children, flush = false, className }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`${classes.section} ${className ?? ''}`}>
      <div className={classes.head}>
        <div className={classes.words}>
          <Title order={2} id={id}>{title}</Title>
          {description && <div className={classes.description}>{description}</div>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  );
}
