import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { queries } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { PageHeader } from '@/components/PageHeader';
import { IconUsers } from '@tabler/icons-react';
import { AuditPanel } from './AuditPanel';
import { ConfirmationDialog } from './ConfirmationDialog';
import { ProjectsPanel } from './ProjectsPanel';
import { TeamsPanel } from './TeamsPanel';
import { UsersPanel } from './UsersPanel';

/** Who may do what, and who did. */
export function AdminPage() {
  const { tab } = useSearch({ from: '/admin' });
  const navigate = useNavigate();
  const { data: session } = useQuery(queries.session());
  if (session && (!session.is_admin || !session.has_accounts)) {
    return <EmptyState icon={IconUsers} title="For administrators">{session.has_accounts ? 'Ask an administrator when you need a role.' : 'There are no accounts yet.'}</EmptyState>;
  }

  return (
    <>
      <PageHeader title="Users and projects" description="Things belong to projects; users and teams have roles in them." />
      <Tabs value={tab ?? 'users'} onChange={(value) => void navigate({ to: '/admin', search: value === null || value === 'users' ? {} : { tab: value } })} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="users">Users</Tabs.Tab>
          <Tabs.Tab value="teams">Teams</Tabs.Tab>
          <Tabs.Tab value="projects">Projects</Tabs.Tab>
          <Tabs.Tab value="audit">Audit log</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="users"><UsersPanel ownId={session?.user?.id ?? null} /></Tabs.Panel>
        <Tabs.Panel value="teams"><TeamsPanel /></Tabs.Panel>
        <Tabs.Panel value="projects"><ProjectsPanel /></Tabs.Panel>
        <Tabs.Panel value="audit"><AuditPanel /></Tabs.Panel>
      </Tabs>
      <ConfirmationDialog />
    </>
  );
}
