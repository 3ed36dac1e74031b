import { Alert, Badge, Table, Tabs, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { queries, type ModelVersionView, type RegisteredModelView } from '@/api';
import { formatAgo, formatTime, humanize } from '@/components/format';
import { TextLink } from '@/components/links';
import { LoadingBlock, LoadingLines } from '@/components/Loading';
import { formatMetric, mainMetric, metricTitle } from '@/components/metricWords';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';
import { HistoryPanel } from './HistoryPanel';
import { RegistryActions } from './RegistryActions';
import { RulesPanel } from './RulesPanel';
import { VersionPanel } from './VersionPanel';
import { VersionStatus } from './VersionStatus';
import classes from './RegisteredModelPage.module.css';

const parent = { to: '/registry', label: 'Registry' } as const;

/** One registered model: its versions, what stands between them and production, and all that has happened. */
export function RegisteredModelPage() {
  const { name } = useParams({ from: '/registry/$name' });
  const { project } = useSearch({ from: '/registry/$name' });
  const model = useQuery(queries.registeredModel({ name, project }));
  if (model.isPending) {
    return <><PageHeader title={name} parent={parent} /><LoadingLines lines={3} /><LoadingBlock height={300} /></>;
  }

  if (model.isError) {
    return <><PageHeader title={name} parent={parent} /><ProblemNotice error={model.error} onRetry={() => void model.refetch()} /></>;
  }

  return <ModelContent key={model.data.id} model={model.data} />;
}

function ModelContent({ model }: { model: RegisteredModelView }) {
  const search = useSearch({ from: '/registry/$name' });
  const navigate = useNavigate();
  const place = { name: model.name, project: model.project };
  const { tab = 'versions' } = search;
  const go = (next: { tab?: string; version?: string }) => void navigate({ to: '/registry/$name', params: { name: model.name }, search: { project: model.project, ...next }, replace: true });
  return (
    <>
      <PageHeader
        title={model.name} parent={parent} description={<>{model.description || 'No description.'} {'\u00b7'} last changed <span title={formatTime(model.updated_at)}>{formatAgo(model.updated_at)}</span></>}
        actions={<RegistryActions model={model} place={place} />}
      />
      <div className={classes.stack}>
        <Serving model={model} />
        <Tabs value={tab} onChange={(value) => go(value === null || value === 'versions' ? {} : { tab: value })}>
          <Tabs.List mb="md">
            <Tabs.Tab value="versions">Versions</Tabs.Tab>
            <Tabs.Tab value="rules">Rules</Tabs.Tab>
            <Tabs.Tab value="history">History</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="versions"><Versions model={model} place={place} chosen={search.version} onChoose={(version) => go({ version: String(version) })} /></Tabs.Panel>
          <Tabs.Panel value="rules"><RulesPanel model={model} place={place} /></Tabs.Panel>
          <Tabs.Panel value="history"><HistoryPanel place={place} /></Tabs.Panel>
        </Tabs>
      </div>
    </>
  );
}

/** Where what is in production is served; said loudly where another model answers. */
function Serving({ model: { serving, rules } }: { model: RegisteredModelView }) {
  if (rules.deployment === null) {
    return null;
  }

  const link = <TextLink to="/deployments/$name" params={{ name: rules.deployment }} inherit underline="always">{rules.deployment}</TextLink>;
  if (serving === null) {
    return <Text size="sm" c="dimmed">What goes into production will be served by the deployment <strong>{rules.deployment}</strong>.</Text>;
  }

  return serving.agrees
    ? <Text size="sm">The deployment {link} serves what is in production.</Text>
    : (
      <Alert color="yellow" variant="light" icon={<IconAlertTriangle />} title="Something else is served than what is in production">
        The deployment {link} answers {serving.versions.length === 0 ? 'with no version of this model' : `with version ${serving.versions.join(' and ')}`}, since its revision {serving.revision} was made by hand. Promote the version that you want, or change the deployment.
      </Alert>
    );
}

interface VersionsProps {
  model: RegisteredModelView;
  place: { name: string; project: string };
  chosen: string | undefined;
  onChoose: (version: number) => void;
}

function Versions({ model, place, chosen, onChoose }: VersionsProps) {
  const versions = useQuery(queries.modelVersions(place));
  if (versions.isPending) {
    return <LoadingLines lines={5} />;
  }

  if (versions.isError) {
    return <ProblemNotice error={versions.error} onRetry={() => void versions.refetch()} />;
  }

  const items = versions.data.items;
  const shown = items.find(({ version }) => String(version) === chosen) ?? items.find(({ status }) => status === 'production') ?? items[0];
  return (
    <div className={classes.stack}>
      <Section title="Versions" flush={items.length > 0}>
        {items.length === 0 ? <Text size="sm" c="dimmed">None yet. Register a trained model under this name.</Text> : (
          <WideTable label="Versions" minWidth={720}>
            <Table highlightOnHover>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">Version</Table.Th><Table.Th scope="col" miw={150}>Status</Table.Th><Table.Th scope="col">Algorithm</Table.Th><Table.Th scope="col">Test result</Table.Th><Table.Th scope="col">Also called</Table.Th>
                  <Table.Th scope="col">Said of it</Table.Th><Table.Th scope="col">Registered</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>{items.map((version) => <VersionRow key={version.id} version={version} isShown={version === shown} onChoose={() => onChoose(version.version)} />)}</Table.Tbody>
            </Table>
          </WideTable>
        )}
      </Section>
      {shown && <VersionPanel key={shown.id} place={place} version={shown} rules={model.rules} />}
    </div>
  );
}

function VersionRow({ version, isShown, onChoose }: { version: ModelVersionView; isShown: boolean; onChoose: () => void }) {
  const metric = mainMetric(version.metrics);
  const [yes, no] = [version.approvals.filter(({ approved }) => approved).length, version.approvals.filter(({ approved }) => !approved).length];
  return (
    <Table.Tr data-selected={isShown || undefined} style={isShown ? { background: 'var(--hover)' } : undefined}>
      <Table.Td><button type="button" className={classes.pick} aria-pressed={isShown} onClick={onChoose}>Version {version.version}</button></Table.Td>
      <Table.Td><VersionStatus status={version.status} /></Table.Td>
      <Table.Td>{version.algorithm === null ? <Text span size="sm" c="dimmed">another program’s</Text> : humanize(version.algorithm)}</Table.Td>
      <Table.Td>{metric === null ? '\u2013' : <><strong>{formatMetric(metric.name, metric.value)}</strong> <Text span size="sm" c="dimmed">{metricTitle(metric.name).toLowerCase()}</Text></>}</Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{version.aliases.length === 0 ? '\u2013' : version.aliases.map((alias) => <Badge key={alias} color="gray" size="sm" me={4}>{alias}</Badge>)}</Table.Td>
      <Table.Td>{yes + no === 0 ? <Text span size="sm" c="dimmed">nothing</Text> : <>{yes > 0 && <Badge color="teal" size="sm">{yes} for</Badge>} {no > 0 && <Badge color="red" size="sm">{no} against</Badge>}</>}</Table.Td>
      <Table.Td><Text span size="sm" c="dimmed">{formatAgo(version.created_at)}</Text></Table.Td>
    </Table.Tr>
  );
}
