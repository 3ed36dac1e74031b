import { Badge, Button, Checkbox, Group, Modal, PasswordInput, Stack, Table, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeUser, createUser, deleteUser, queries, type UserView } from '@/api';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { counted, formatAgo } from '@/components/format';
import { LoadingLines } from '@/components/Loading';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';
import { confirmed } from './confirmation';
import { Tokens } from './TokensPanel';
import { passwordHint, showPassword } from './words';

export function UsersPanel({ ownId }: { ownId: string | null }) {
  const client = useQueryClient();
  const users = useQuery(queries.users());
  const [leaving, setLeaving] = useState<UserView | null>(null);
  const [holder, setHolder] = useState<UserView | null>(null);
  const { data: projects } = useQuery(queries.projects());
  const changed = () => client.invalidateQueries({ queryKey: ['users'] });
  const change = useMutation({ mutationFn: ({ id, ...what }: { id: string; is_disabled?: boolean; is_admin?: boolean }) => confirmed(() => changeUser(id, what)), onSuccess: changed });
  const remove = useMutation({
    mutationFn: (id: string) => confirmed(() => deleteUser(id)),
    onSuccess: () => {
      setLeaving(null);
      return changed();
    },
  });
  if (users.isPending) {
    return <LoadingLines lines={5} />;
  }

  if (users.isError) {
    return <ProblemNotice error={users.error} onRetry={() => void users.refetch()} />;
  }

  return (
    <Stack>
      <NewUser onMade={changed} />
      {change.isError && <ProblemNotice error={change.error} onClose={() => change.reset()} />}
      <Section title={counted(users.data.total, 'user')} flush>
        <WideTable label="Users" minWidth={640}>
          <Table>
            <Table.Thead>
              <Table.Tr><Table.Th scope="col">Name</Table.Th><Table.Th scope="col">Kind</Table.Th><Table.Th scope="col">Since</Table.Th><Table.Th scope="col"><VisuallyHidden>Changes</VisuallyHidden></Table.Th></Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {users.data.items.map((user) => (
                <Table.Tr key={user.id}>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{user.name} {user.is_disabled && <Badge color="gray" variant="light">Kept out</Badge>}</Table.Td>
                  <Table.Td>{user.is_service_account ? 'Service account' : user.is_admin ? 'Administrator' : 'User'}</Table.Td>
                  <Table.Td><Text span size="sm" c="dimmed">{formatAgo(user.created_at)}</Text></Table.Td>
                  <Table.Td>
                    {user.id !== ownId && (
                      <Group gap="xs" justify="flex-end" wrap="nowrap">
                        {user.is_service_account && <Button size="xs" variant="default" onClick={() => setHolder(user)} aria-label={`Tokens of ${user.name}`}>Tokens</Button>}
                        {!user.is_service_account && (
                          <Button size="xs" variant="default" onClick={() => change.mutate({ id: user.id, is_admin: !user.is_admin })} aria-label={`${user.is_admin ? 'Take administration from' : 'Make an administrator of'} ${user.name}`}>
                            {user.is_admin ? 'No administrator' : 'Administrator'}
                          </Button>
                        )}
                        <Button size="xs" variant="default" onClick={() => change.mutate({ id: user.id, is_disabled: !user.is_disabled })} aria-label={`${user.is_disabled ? 'Let in' : 'Keep out'} ${user.name}`}>
                          {user.is_disabled ? 'Let in' : 'Keep out'}
                        </Button>
                        <Button size="xs" variant="default" onClick={() => setLeaving(user)} aria-label={`Delete ${user.name}`}>Delete</Button>
                      </Group>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      </Section>
      <Modal opened={holder !== null} onClose={() => setHolder(null)} size="xl" title={<Text fw={600}>Tokens of {holder?.name}</Text>} closeButtonProps={{ 'aria-label': 'Close' }}>
        <Text size="sm" c="dimmed" mb="md">Its program shows one as “Authorization: Bearer”, or as the password of MLflow’s client. A token never does more than the account may: give it roles under “Projects”.</Text>
        {holder && <Tokens key={holder.id} projects={projects?.items ?? []} user={holder.name} />}
      </Modal>
      <ConfirmDialog
        opened={leaving !== null} title={`Delete ${leaving?.name ?? ''}?`} confirmLabel="Delete" busy={remove.isPending} error={remove.error}
        onConfirm={() => leaving && remove.mutate(leaving.id)}
        onClose={() => { remove.reset(); setLeaving(null); }}
      >
        Their sessions and tokens end at once. What they made belongs to its project and stays.
      </ConfirmDialog>
    </Stack>
  );
}

function NewUser({ onMade }: { onMade: () => Promise<unknown> }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [isAdmin, setAdmin] = useState(false);
  const [isService, setService] = useState(false);
  const make = useMutation({
    mutationFn: () => confirmed(() => createUser({ name, password: isService ? null : password, is_admin: isAdmin && !isService, is_service_account: isService })),
    onSuccess: () => {
      setName('');
      setPassword('');
      return onMade();
    },
  });
  return (
    <Section title="Make an account" description="A user is given roles in projects. A service account is a program: it has no password, and tokens are made for it in the list below.">
      <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
        <Stack maw={420}>
          <TextInput label="Name" autoComplete="off" required value={name} onChange={(event) => setName(event.currentTarget.value)} />
          {!isService && <PasswordInput label="Password" description={passwordHint} autoComplete="new-password" required minLength={8} value={password} visibilityToggleButtonProps={showPassword} onChange={(event) => setPassword(event.currentTarget.value)} />}
          <Checkbox label="A service account" checked={isService} onChange={(event) => setService(event.currentTarget.checked)} />
          {!isService && <Checkbox label="Administers users and projects" checked={isAdmin} onChange={(event) => setAdmin(event.currentTarget.checked)} />}
          {make.isError && <ProblemNotice error={make.error} />}
          <Button type="submit" loading={make.isPending} style={{ alignSelf: 'start' }}>Make the account</Button>
        </Stack>
      </form>
    </Section>
  );
}
