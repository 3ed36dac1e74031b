import { Stack, Text, Title } from '@mantine/core';
import { useEffect, type FormEvent, type ReactNode } from 'react';
import classes from './DoorCard.module.css';

interface DoorCardProps {
  title: string;
  description: string;
  onSubmit: () => void;
  children: ReactNode;
}

/** A form that stands alone on the page, before anything else is seen. */
export function DoorCard({ title, description, onSubmit, children }: DoorCardProps) {
  useEffect(() => {
    document.title = `${title} \u00b7 Strata`;
  }, [title]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <main className={classes.page}>
      <form className={classes.card} onSubmit={submit}>
        <Stack>
          <div>
            <Title order={1} size="h2">{title}</Title>
            <Text c="dimmed" size="sm" mt={4}>{description}</Text>
          </div>
          {children}
        </Stack>
      </form>
    </main>
  );
}
