import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { queries } from '@/api';
import { LoadingLines } from '@/components/Loading';
import { PageHeader } from '@/components/PageHeader';
import { Section } from '@/components/Section';
import { ConfirmationDialog } from './ConfirmationDialog';
import { FirstAdministrator, useFirstAdministrator } from './FirstAdministrator';
import { PasswordPanel } from './PasswordPanel';
import { SecondFactorPanel } from './SecondFactorPanel';
import { TokensPanel } from './TokensPanel';
import { roleLabel } from './words';

/** One's own password and tokens; while there are no accounts, how to begin with them. */
export function AccountPage() {
  const { data: session } = useQuery(queries.session());
  if (session === undefined) {
    return <LoadingLines lines={4} />;
  }

  return session.user === null ? <NoAccounts /> : (
    <>
      <PageHeader title="Your account" description={`You are logged in as ${session.user.name}${session.is_admin ? ', an administrator' : ''}.`} />
      <Stack>
        <Section title="Projects" description="What you may do where.">
          {session.projects.length === 0
            ? <Text c="dimmed">You are a member of no project. Ask an administrator for a role in one.</Text>
            : session.projects.map((project) => <Text key={project.id} size="sm"><strong>{project.name}</strong>: {roleLabel(project.role).toLowerCase()}</Text>)}
        </Section>
        <PasswordPanel />
        <SecondFactorPanel isOn={session.user.has_second_factor} />
        <TokensPanel projects={session.projects} />
      </Stack>
      <ConfirmationDialog />
    </>
  );
}

function NoAccounts() {
  const first = useFirstAdministrator(null);
  return (
    <>
      <PageHeader title="Accounts" description="This server has no accounts: whoever sits at this machine may do everything, and nobody else can reach it." />
      <Section title="Make the first account" description="From then on everybody logs in, and the server can be started for others with 'strata serve --listen'. In a terminal 'strata admin create NAME' does the same.">
        <form onSubmit={(event) => { event.preventDefault(); first.submit(); }}>
          <Stack maw={420}><FirstAdministrator {...first} /></Stack>
        </form>
      </Section>
    </>
  );
}
