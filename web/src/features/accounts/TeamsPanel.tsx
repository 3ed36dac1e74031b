import { Button, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { addToTeam, createTeam, deleteTeam, queries, removeFromTeam, type TeamView } from '@/api';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { EmptyState } from '@/components/EmptyState';
import { counted } from '@/components/format';
import { LoadingLines } from '@/components/Loading';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { confirmed } from './confirmation';

/** Users who are given roles together. */
export function TeamsPanel() {
  const client = useQueryClient();
  const teams = useQuery(queries.teams());
  const [name, setName] = useState('');
  const [leaving, setLeaving] = useState<TeamView | null>(null);
  const changed = () => Promise.all([client.invalidateQueries({ queryKey: ['teams'] }), client.invalidateQueries({ queryKey: ['projects'] })]);
  const make = useMutation({
    mutationFn: () => createTeam(name),
    onSuccess: () => {
      setName('');
      return changed();
    },
  });
  const remove = useMutation({
    mutationFn: (id: string) => confirmed(() => deleteTeam(id)),
    onSuccess: () => {
      setLeaving(null);
      return changed();
    },
  });
  if (teams.isPending) {
    return <LoadingLines lines={5} />;
  }

  if (teams.isError) {
    return <ProblemNotice error={teams.error} onRetry={() => void teams.refetch()} />;
  }

  return (
    <Stack>
      <Section title="Make a team" description="Roles are given to a team under “Projects”; each of its members has them then.">
        <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
          <Group align="end">
            <TextInput label="Name" required maxLength={100} autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <Button type="submit" loading={make.isPending}>Make the team</Button>
          </Group>
          {make.isError && <ProblemNotice error={make.error} mt="md" />}
        </form>
      </Section>
      {teams.data.items.length === 0 && <EmptyState icon={IconUsersGroup} title="No teams yet">A team spares giving the same roles to each of its members.</EmptyState>}
      {teams.data.items.map((team) => <TeamSection key={team.id} team={team} onChanged={changed} onDelete={() => setLeaving(team)} />)}
      <ConfirmDialog
        opened={leaving !== null} title={`Delete the team ${leaving?.name ?? ''}?`} confirmLabel="Delete" busy={remove.isPending} error={remove.error}
        onConfirm={() => leaving && remove.mutate(leaving.id)} onClose={() => { remove.reset(); setLeaving(null); }}
      >
        What its members may do through it ends at once. Their accounts stay.
      </ConfirmDialog>
    </Stack>
  );
}

function TeamSection({ team, onChanged, onDelete }: { team: TeamView; onChanged: () => Promise<unknown>; onDelete: () => void }) {
  const { data: users } = useQuery(queries.users());
  const [chosen, setChosen] = useState<string | null>(null);
  const add = useMutation({
    mutationFn: (user: string) => confirmed(() => addToTeam(team.id, user)),
    onSuccess: () => {
      setChosen(null);
      return onChanged();
    },
  });
  const remove = useMutation({ mutationFn: (user: string) => confirmed(() => removeFromTeam(team.id, user)), onSuccess: onChanged });
  const error = add.error ?? remove.error;
  const others = (users?.items ?? []).filter(({ id }) => !team.members.some((member) => member.id === id));
  return (
    <Section title={team.name} description={counted(team.members.length, 'member')} actions={<Button size="xs" variant="default" aria-label={`Delete the team ${team.name}`} onClick={onDelete}>Delete</Button>}>
      <Stack>
        {error && <ProblemNotice error={error} />}
        {team.members.length === 0 ? <Text size="sm" c="dimmed">Nobody is in it yet.</Text> : (
          <Table aria-label={`Members of the team ${team.name}`}>
            <Table.Tbody>
              {team.members.map((member) => (
                <Table.Tr key={member.id}>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{member.name}</Table.Td>
                  <Table.Td ta="end"><Button size="xs" variant="default" aria-label={`Remove ${member.name} from ${team.name}`} onClick={() => remove.mutate(member.id)}>Remove</Button></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        <form onSubmit={(event) => { event.preventDefault(); if (chosen !== null) { add.mutate(chosen); } }}>
          <Group align="end">
            <Select
              label={`Somebody for ${team.name}`} placeholder="Choose an account" searchable nothingFoundMessage="No other account has that name" data={others.map(({ id, name }) => ({ value: id, label: name }))}
              value={chosen} onChange={setChosen}
            />
            <Button type="submit" variant="default" disabled={chosen === null} loading={add.isPending}>Add to the team</Button>
          </Group>
        </form>
      </Stack>
    </Section>
  );
}
