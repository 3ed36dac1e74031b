import { Button, Group, SegmentedControl, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createProject, deleteProject, queries, removeMember, setMember, type MemberView, type ProjectRole, type ProjectView } from '@/api';
import { LoadingLines } from '@/components/Loading';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { confirmed } from './confirmation';
import { roleLabel, roles } from './words';

export function ProjectsPanel() {
  const client = useQueryClient();
  const projects = useQuery(queries.projects());
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const changed = () => Promise.all([client.invalidateQueries({ queryKey: ['projects'] }), client.invalidateQueries({ queryKey: ['session'] })]);
  const make = useMutation({
    mutationFn: () => createProject(name, description),
    onSuccess: () => {
      setName('');
      setDescription('');
      return changed();
    },
  });
  if (projects.isPending) {
    return <LoadingLines lines={5} />;
  }

  if (projects.isError) {
    return <ProblemNotice error={projects.error} onRetry={() => void projects.refetch()} />;
  }

  return (
    <Stack>
      <Section title="Make a project">
        <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
          <Group align="end">
            <TextInput label="Name" required maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <TextInput label="What it is for" maxLength={2000} w={320} value={description} onChange={(event) => setDescription(event.currentTarget.value)} />
            <Button type="submit" loading={make.isPending}>Make the project</Button>
          </Group>
          {make.isError && <ProblemNotice error={make.error} mt="md" />}
        </form>
      </Section>
      {projects.data.items.map((project) => <ProjectSection key={project.id} project={project} onDeleted={changed} />)}
    </Stack>
  );
}

function ProjectSection({ project, onDeleted }: { project: ProjectView; onDeleted: () => Promise<unknown> }) {
  const client = useQueryClient();
  const members = useQuery(queries.projectMembers(project.id));
  const [name, setName] = useState('');
  const [role, setRole] = useState<ProjectRole>('trainer');
  const [kind, setKind] = useState<MemberView['kind']>('user');
  const changed = () => client.invalidateQueries({ queryKey: ['projects', project.id, 'members'] });
  const grant = useMutation({
    mutationFn: () => confirmed(() => setMember(project.id, kind, name, role)),
    onSuccess: () => {
      setName('');
      return changed();
    },
  });
  const revoke = useMutation({ mutationFn: (member: MemberView) => confirmed(() => removeMember(project.id, member.kind, member.id)), onSuccess: changed });
  const remove = useMutation({ mutationFn: () => confirmed(() => deleteProject(project.id)), onSuccess: onDeleted });
  const error = grant.error ?? revoke.error ?? remove.error ?? members.error;
  return (
    <Section
      title={project.name} description={project.description}
      actions={project.id === 'default' ? undefined : <Button size="xs" variant="default" loading={remove.isPending} onClick={() => remove.mutate()} aria-label={`Delete the project ${project.name}`}>Delete</Button>}
    >
      <Stack>
        {error && <ProblemNotice error={error} />}
        {members.data?.items.length === 0 && <Text c="dimmed" size="sm">Nobody is a member yet; administrators see it anyway.</Text>}
        {members.data && members.data.items.length > 0 && (
          <Table aria-label={`Members of ${project.name}`}>
            <Table.Tbody>
              {members.data.items.map((member) => (
                <Table.Tr key={`${member.kind} ${member.id}`}>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{member.name}{member.kind === 'team' && <Text span c="dimmed" size="sm"> (team)</Text>}</Table.Td>
                  <Table.Td>{roleLabel(member.role)}</Table.Td>
                  <Table.Td ta="end"><Button size="xs" variant="default" onClick={() => revoke.mutate(member)} aria-label={`Remove ${member.name} from ${project.name}`}>Remove</Button></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        <form onSubmit={(event) => { event.preventDefault(); grant.mutate(); }}>
          <Group align="end">
            <SegmentedControl data={[{ value: 'user', label: 'User' }, { value: 'team', label: 'Team' }]} value={kind} onChange={(value) => setKind(value as MemberView['kind'])} aria-label={`Who gets a role in ${project.name}`} />
            <TextInput label={`${kind === 'user' ? 'User' : 'Team'} for ${project.name}`} required value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <Select
              label="Role" w={160} allowDeselect={false} data={roles} value={role} onChange={(value) => setRole((value ?? 'trainer') as ProjectRole)}
              description={roles.find(({ value }) => value === role)?.meaning}
            />
            <Button type="submit" variant="default" loading={grant.isPending}>Give the role</Button>
          </Group>
        </form>
      </Stack>
    </Section>
  );
}
