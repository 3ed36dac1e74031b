import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { approveVersion, type ModelVersionView, type RegistryPlace } from '@/api';
import { counted, formatAgo } from '@/components/format';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { useRegistryChange } from './useRegistryChange';
import classes from './RegisteredModelPage.module.css';

/** What people have said of a version, and a place to say something. */
export function Approvals({ place, version, needed }: { place: RegistryPlace; version: ModelVersionView; needed: number }) {
  const [comment, setComment] = useState('');
  const say = useRegistryChange(
    (approved: boolean) => approveVersion(place, version.version, approved, comment.trim() === '' ? null : comment.trim()), () => 'It is noted.', () => setComment(''));
  return (
    <Section title="Approvals" description={needed === 0 ? 'None are asked for; they are noted all the same.' : `${counted(needed, 'approval')} of people other than the one that promotes.`}>
      <Stack gap="sm">
        {version.approvals.length === 0 ? <Text size="sm" c="dimmed">Nobody has said anything yet.</Text> : (
          <div>
            {version.approvals.map(({ by, approved, comment: said, at }) => (
              <div key={by} className={classes.gate}>
                <Badge color={approved ? 'teal' : 'red'}>{approved ? 'For' : 'Against'}</Badge>
                <Text size="sm" fw={500}>{by}</Text>
                <Text size="sm" c="dimmed">{formatAgo(at)}</Text>
                {said && <div className={classes.why}>{said}</div>}
              </div>
            ))}
          </div>
        )}
        <TextInput label="What you say of it" description="May stay empty. Your last word counts." maxLength={2000} value={comment} onChange={(event) => setComment(event.currentTarget.value)} />
        {say.isError && <ProblemNotice error={say.error} />}
        <Group gap="xs">
          <Button size="xs" variant="default" loading={say.isPending && say.variables} onClick={() => say.mutate(true)}>Approve</Button>
          <Button size="xs" variant="default" loading={say.isPending && !say.variables} onClick={() => say.mutate(false)}>Reject</Button>
        </Group>
      </Stack>
    </Section>
  );
}
