import { Collapse, Title } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import classes from './FoldedSection.module.css';

interface FoldedSectionProps {
  title: string;
  /** What holds now, in a few words: read without unfolding. */
  summary: string;
  description?: ReactNode;
  /** Whether it starts unfolded, as when something in it was chosen elsewhere. */
  opened?: boolean;
  children: ReactNode;
}

/** A card for what most people leave as it is: folded to its title and what holds now. */
export function FoldedSection({ title, summary, description, opened: first = false, children }: FoldedSectionProps) {
  const id = useId();
  const [opened, setOpened] = useState(first);
  return (
    <section aria-labelledby={`${id}-title`} className={classes.section}>
      <Title order={2} className={classes.heading}>
        <button type="button" className={classes.button} aria-expanded={opened} aria-controls={id} onClick={() => setOpened(!opened)}>
          <IconChevronRight size={17} className={classes.chevron} aria-hidden />
          <span>
            <span id={`${id}-title`}>{title}</span>
            <span className={classes.summary} style={{ display: 'block' }}>{summary}</span>
          </span>
        </button>
      </Title>
      <Collapse expanded={opened} id={id}>
        <div className={classes.body}>
          {description && <div className={classes.description}>{description}</div>}
          {children}
        </div>
      </Collapse>
    </section>
  );
}
