import { Badge, Table, Text } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { queries, type DeploymentView } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { counted, formatAgo, formatShare } from '@/components/format';
import { ButtonLink, TextLink } from '@/components/links';
import { LoadingLines } from '@/components/Loading';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';
import { changeNames, modelTitle } from './words';

/** The names that answer predictions. */
export function DeploymentsPage() {
  const deployments = useQuery(queries.deployments());
  const header = (
    <PageHeader
      title="Deployments" description="Names that answer predictions. What stands behind a name can change while programs go on asking it."
      actions={<ButtonLink to="/deploy" leftSection={<IconRocket size={16} aria-hidden />}>Deploy a model</ButtonLink>}
    />
  );
  if (deployments.isPending) {
    return <>{header}<LoadingLines lines={5} /></>;
  }

  if (deployments.isError) {
    return <>{header}<ProblemNotice error={deployments.error} onRetry={() => void deployments.refetch()} /></>;
  }

  if (deployments.data.items.length === 0) {
    return (
      <>
        {header}
        <EmptyState icon={IconRocket} title="Nothing is deployed yet" action={<ButtonLink to="/deploy">Deploy a model</ButtonLink>}>
          A deployment answers predictions under a name of its own, with one or several models, and remembers what it answered.
        </EmptyState>
      </>
    );
  }

  return (
    <>
      {header}
      <Section title={counted(deployments.data.total, 'deployment')} flush>
        <WideTable label="Deployments" minWidth={680}>
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr><Table.Th scope="col">Deployment</Table.Th><Table.Th scope="col">Answers with</Table.Th><Table.Th scope="col">State</Table.Th><Table.Th scope="col">Last change</Table.Th></Table.Tr>
            </Table.Thead>
            <Table.Tbody>{deployments.data.items.map((deployment) => <DeploymentRow key={deployment.id} deployment={deployment} />)}</Table.Tbody>
          </Table>
        </WideTable>
      </Section>
    </>
  );
}

function DeploymentRow({ deployment }: { deployment: DeploymentView }) {
  const { current } = deployment;
  const answering = current.models.filter(({ shadow }) => !shadow);
  const shadows = current.models.length - answering.length;
  return (
    <Table.Tr>
      <Table.Td>
        <TextLink to="/deployments/$name" params={{ name: deployment.name }} fw={500} c="inherit" style={{ overflowWrap: 'anywhere' }}>{deployment.name}</TextLink>
        {deployment.project !== 'default' && <Text size="xs" c="dimmed">{deployment.project}</Text>}
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        {answering.map((model) => (
          <Text key={model.model_id} size="sm">{modelTitle(model)}{answering.length > 1 && <Text span size="sm" c="dimmed">{' '}{formatShare(model.share, 0)}</Text>}</Text>
        ))}
      </Table.Td>
      <Table.Td>
        {current.canary ? <Badge color="indigo">Trial running</Badge> : <Badge color="teal">Serving</Badge>}
        {shadows > 0 && <> <Badge color="gray">{counted(shadows, 'shadow')}</Badge></>}
      </Table.Td>
      <Table.Td><Text size="sm" c="dimmed">{changeNames[current.change]} {formatAgo(current.at)}</Text></Table.Td>
    </Table.Tr>
  );
}
