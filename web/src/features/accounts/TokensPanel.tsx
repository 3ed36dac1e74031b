import { Alert, Button, Code, CopyButton, Group, NumberInput, Select, Stack, Table, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createToken, queries, revokeToken, type ApiTokenView, type LogInView, type ProjectRole } from '@/api';
import { formatAgo } from '@/components/format';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { useNow } from '@/components/useNow';
import { WideTable } from '@/components/WideTable';
import { confirmed } from './confirmation';
import { roleLabel, roles } from './words';

const usualDays = 90;

interface TokensProps {
  /** The projects to which a token can be held. */
  projects: readonly Pick<LogInView['projects'][number], 'id' | 'name'>[];
  /** The service account whose tokens these are; null for one's own. */
  user: string | null;
}

/** Secrets for one's own programs. */
export function TokensPanel({ projects }: Pick<TokensProps, 'projects'>) {
  return (
    <Section title="Tokens" description="For programs: shown as 'Authorization: Bearer', or as the password of MLflow's client. A token never does more than you may.">
      <Tokens projects={projects} user={null} />
    </Section>
  );
}

/** Secrets for programs: made, shown once, revoked. */
export function Tokens({ projects, user }: TokensProps) {
  const client = useQueryClient();
  const tokens = useQuery(queries.tokens(user));
  const [name, setName] = useState('');
  const [scope, setScope] = useState<ProjectRole>('trainer');
  const [project, setProject] = useState<string | null>(null);
  const [days, setDays] = useState<number | string>(usualDays);
  const changed = () => client.invalidateQueries({ queryKey: ['tokens'] });
  const make = useMutation({
    mutationFn: () => confirmed(() => createToken({ name, scope, project, days: Number(days), user })),
    onSuccess: () => {
      setName('');
      return changed();
    },
  });
  const revoke = useMutation({ mutationFn: revokeToken, onSuccess: changed });
  const now = useNow();
  const living = tokens.data?.items.filter((token) => token.revoked_at === null && Date.parse(token.expires_at) > now) ?? [];
  return (
    <Stack>
      <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
        <Group align="end">
          <TextInput label="What it is for" required maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Select label="At most" w={140} allowDeselect={false} data={roles} value={scope} onChange={(value) => setScope((value ?? 'trainer') as ProjectRole)} />
          <Select label="Project" w={180} placeholder={user === null ? 'All of yours' : 'All of its'} clearable data={projects.map(({ id, name: label }) => ({ value: id, label }))} value={project} onChange={setProject} />
          <NumberInput label="Days" w={90} min={1} max={366} value={days} onChange={setDays} />
          <Button type="submit" variant="default" loading={make.isPending}>Make a token</Button>
        </Group>
      </form>
      {make.isError && <ProblemNotice error={make.error} />}
      {make.data?.secret && <Secret secret={make.data.secret} />}
      {revoke.isError && <ProblemNotice error={revoke.error} />}
      {tokens.isError && <ProblemNotice error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {living.length > 0 && <TokenTable tokens={living} onRevoke={(id) => revoke.mutate(id)} />}
    </Stack>
  );
}

function Secret({ secret }: { secret: string }) {
  return (
    <Alert color="gray" variant="light" title="Copy it now: it is never shown again" role="status">
      <Group>
        <Code style={{ overflowWrap: 'anywhere' }}>{secret}</Code>
        <CopyButton value={secret}>{({ copied, copy }) => <Button size="xs" variant="default" onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}</CopyButton>
      </Group>
    </Alert>
  );
}

function TokenTable({ tokens, onRevoke }: { tokens: readonly ApiTokenView[]; onRevoke: (id: string) => void }) {
  return (
    <WideTable label="Tokens" minWidth={620}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">For</Table.Th><Table.Th scope="col">Begins with</Table.Th><Table.Th scope="col">At most</Table.Th>
            <Table.Th scope="col">Last used</Table.Th><Table.Th scope="col">Ends</Table.Th><Table.Th scope="col"><VisuallyHidden>Revoke</VisuallyHidden></Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tokens.map((token) => (
            <Table.Tr key={token.id}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{token.name}</Table.Td>
              <Table.Td><Code>{token.prefix}</Code></Table.Td>
              <Table.Td>{roleLabel(token.scope)}</Table.Td>
              <Table.Td><Text span size="sm" c="dimmed">{token.last_used_at === null ? 'never' : formatAgo(token.last_used_at)}</Text></Table.Td>
              <Table.Td><Text span size="sm" c="dimmed">{token.expires_at.slice(0, 10)}</Text></Table.Td>
              <Table.Td ta="end"><Button size="xs" variant="default" aria-label={`Revoke ${token.name}`} onClick={() => onRevoke(token.id)}>Revoke</Button></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  );
}
