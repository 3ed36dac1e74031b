import { Badge, Table, Text } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { queries, type RegisteredModelView } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { counted, formatAgo, shorten } from '@/components/format';
import { ButtonLink, TextLink } from '@/components/links';
import { LoadingLines } from '@/components/Loading';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';
import { statuses } from './words';

/** The names under which versions of models go into production. */
export function RegistryPage() {
  const models = useQuery(queries.registeredModels());
  const header = (
    <PageHeader
      title="Registry" description="Models by name and version, on their way to production: past gates and approvals, with a history that tells what was in use when."
      actions={<ButtonLink to="/register" leftSection={<IconStack2 size={16} aria-hidden />}>Register a model</ButtonLink>}
    />
  );
  if (models.isPending) {
    return <>{header}<LoadingLines lines={5} /></>;
  }

  if (models.isError) {
    return <>{header}<ProblemNotice error={models.error} onRetry={() => void models.refetch()} /></>;
  }

  if (models.data.items.length === 0) {
    return (
      <>
        {header}
        <EmptyState icon={IconStack2} title="Nothing is registered yet" action={<ButtonLink to="/register">Register a model</ButtonLink>}>
          Register a trained model under a name; the next ones become its further versions. Programs register theirs through MLflow’s API.
        </EmptyState>
      </>
    );
  }

  return (
    <>
      {header}
      <Section title={counted(models.data.total, 'registered model')} flush>
        <WideTable label="Registered models" minWidth={680}>
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr><Table.Th scope="col">Name</Table.Th><Table.Th scope="col">In production</Table.Th><Table.Th scope="col">Newest others</Table.Th><Table.Th scope="col">Served by</Table.Th><Table.Th scope="col">Last change</Table.Th></Table.Tr>
            </Table.Thead>
            <Table.Tbody>{models.data.items.map((model) => <ModelRow key={model.id} model={model} />)}</Table.Tbody>
          </Table>
        </WideTable>
      </Section>
    </>
  );
}

function ModelRow({ model }: { model: RegisteredModelView }) {
  const production = model.latest_versions.find(({ status }) => status === 'production');
  const others = model.latest_versions.filter(({ status }) => status !== 'production');
  return (
    <Table.Tr>
      <Table.Td>
        <TextLink to="/registry/$name" params={{ name: model.name }} search={{ project: model.project }} fw={500} c="inherit" style={{ overflowWrap: 'anywhere' }}>{model.name}</TextLink>
        {model.description && <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>{shorten(model.description, 100)}</Text>}
      </Table.Td>
      <Table.Td>{production ? <Badge color="teal">Version {production.version}</Badge> : <Text span size="sm" c="dimmed">nothing</Text>}</Table.Td>
      <Table.Td>{others.length === 0 ? <Text span c="dimmed">{'\u2013'}</Text> : <Text span size="sm">{others.map(({ version, status }) => `${version} ${statuses[status].label.toLowerCase()}`).join(', ')}</Text>}</Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        {model.rules.deployment ? <Text span size="sm">{model.rules.deployment}</Text> : <Text span c="dimmed">{'\u2013'}</Text>}
        {model.serving && !model.serving.agrees && <> <Badge color="orange" size="sm">serves something else</Badge></>}
      </Table.Td>
      <Table.Td><Text span size="sm" c="dimmed">{formatAgo(model.updated_at)}</Text></Table.Td>
    </Table.Tr>
  );
}
