import { Badge, Button, Group, SegmentedControl, Select, Table, Text, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries, type DeploymentView, type DriftView, type PerformanceView } from '@/api';
import { counted, formatCount, formatNumber, formatShare } from '@/components/format';
import { LoadingLines } from '@/components/Loading';
import { formatMetric, metricMeaning, metricTitle } from '@/components/metricWords';
import { Notes } from '@/components/Notes';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';
import { periods } from './periods';
import { modelTitle } from './words';
import classes from './DeploymentPage.module.css';

/** Whether rows and answers are still as in training, and how good the answers are. */
export function WatchPanel({ deployment }: { deployment: DeploymentView }) {
  const models = deployment.current.models.filter(({ name }) => name !== null);
  const [hours, setHours] = useState('24');
  const [chosen, setChosen] = useState<string | null>(null);
  const model = models.find(({ model_id }) => model_id === chosen) ?? [...models].sort((a, b) => b.share - a.share)[0];
  if (model === undefined) {
    return <Section title="Drift and quality"><Text size="sm" c="dimmed">Its models have been deleted.</Text></Section>;
  }

  return (
    <div className={classes.stack}>
      <Group gap="sm" align="end">
        {models.length > 1 && <Select label="Model" w={260} data={models.map((one) => ({ value: one.model_id, label: modelTitle(one) }))} value={model.model_id} onChange={setChosen} />}
        <SegmentedControl size="sm" data={periods} value={hours} onChange={setHours} aria-label="How far back" />
      </Group>
      <Performance name={deployment.name} hours={Number(hours)} modelId={model.model_id} />
      <Drift name={deployment.name} hours={Number(hours)} modelId={model.model_id} />
    </div>
  );
}

interface AskedOf {
  name: string;
  hours: number;
  modelId: string;
}

function Performance({ name, hours, modelId }: AskedOf) {
  const performance = useQuery(queries.performance(name, hours, modelId));
  return (
    <Section title="How good it is" description="Beside what it reached on its test rows when it was trained." actions={<LookAgain busy={performance.isFetching} onLook={() => void performance.refetch()} label="Look again at the quality" />}>
      {performance.isPending && <LoadingLines lines={4} />}
      {performance.isError && <ProblemNotice error={performance.error} onRetry={() => void performance.refetch()} />}
      {performance.data && <PerformanceTable performance={performance.data} />}
    </Section>
  );
}

function PerformanceTable({ performance }: { performance: PerformanceView }) {
  const names = [...new Set([...Object.keys(performance.metrics), ...Object.keys(performance.reference)])];
  return (
    <>
      <Text size="sm" mb="sm">
        {performance.known === 0 ? 'No outcome is known yet. Tell them under “Predictions”, or send them with the predictions’ ids.' : `Of ${counted(performance.known, 'prediction')} in this time the outcome is known.`}
        {performance.estimated_accuracy !== null && <> Told from their confidence alone, about <strong>{formatShare(performance.estimated_accuracy)}</strong> of {counted(performance.estimated, 'logged prediction')} are right.</>}
      </Text>
      {names.length > 0 && (
        <WideTable label="Metrics now and in training" minWidth={420}>
          <Table>
            <Table.Thead><Table.Tr><Table.Th scope="col">Metric</Table.Th><Table.Th scope="col" ta="end">Now</Table.Th><Table.Th scope="col" ta="end">In training</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {names.map((metric) => (
                <Table.Tr key={metric}>
                  <Table.Th scope="row" fw={500}>{metricTitle(metric)}<Text size="xs" c="dimmed">{metricMeaning(metric)}</Text></Table.Th>
                  <Table.Td ta="end">{formatMetric(metric, performance.metrics[metric])}</Table.Td>
                  <Table.Td ta="end">{formatMetric(metric, performance.reference[metric])}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
    </>
  );
}

function Drift({ name, hours, modelId }: AskedOf) {
  const drift = useQuery(queries.drift(name, hours, modelId));
  return (
    <Section
      title="Drift" description="Logged rows and answers beside the rows that the model was tested on. A column has drifted when that is both certain, with so many columns looked at, and large enough to matter."
      actions={<LookAgain busy={drift.isFetching} onLook={() => void drift.refetch()} label="Look again at the drift" />}
    >
      {drift.isPending && <LoadingLines lines={6} />}
      {drift.isError && <ProblemNotice error={drift.error} onRetry={() => void drift.refetch()} />}
      {drift.data && <DriftTable drift={drift.data} />}
    </Section>
  );
}

function DriftTable({ drift }: { drift: DriftView }) {
  const columns = [...drift.columns].sort((a, b) => Number(b.has_drifted) - Number(a.has_drifted) || b.stability - a.stability);
  return (
    <>
      <Notes notes={[drift.verdict, ...(drift.reference_rows === 0 ? ['The model was not trained here, so there are no test rows to compare with.'] : [])]} />
      {columns.length > 0 && (
        <WideTable label="Drift by column" minWidth={640}>
          <Table mt="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Column</Table.Th><Table.Th scope="col">Verdict</Table.Th>
                <Head title="Stability index" hint="The population stability index: below 0.1 is usually called small, above 0.25 large." />
                <Head title="Effect" hint="From 0 to 1 how far apart the distributions are." />
                <Head title="p, adjusted" hint="How probable such a difference is by chance, corrected for how many columns are looked at." />
                <Head title="Missing" hint="The share of missing values now, and in the test rows." />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {columns.map((column) => (
                <Table.Tr key={column.column}>
                  <Table.Th scope="row" fw={500} style={{ overflowWrap: 'anywhere' }}>{column.column} {column.is_prediction && <Badge size="sm" color="gray">answer</Badge>}</Table.Th>
                  <Table.Td>{column.effect === null ? <Text span size="sm" c="dimmed">too few values</Text> : column.has_drifted ? <Badge color="orange">Drifted</Badge> : <Badge color="teal">As before</Badge>}</Table.Td>
                  <Table.Td ta="end">{formatNumber(column.stability, 3)}</Table.Td>
                  <Table.Td ta="end">{formatNumber(column.effect, 3)}</Table.Td>
                  <Table.Td ta="end">{formatNumber(column.adjusted_p_value, 2)}</Table.Td>
                  <Table.Td ta="end">{formatShare(column.missing_now)} <Text span size="sm" c="dimmed">was {formatShare(column.missing_before)}</Text></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
      <Text size="sm" c="dimmed" mt="sm">{formatCount(drift.rows)} logged rows, {formatCount(drift.reference_rows)} test rows.</Text>
    </>
  );
}

function Head({ title, hint }: { title: string; hint: string }) {
  return <Table.Th scope="col" ta="end"><Tooltip label={hint}><span tabIndex={0}>{title}</span></Tooltip></Table.Th>;
}

function LookAgain({ busy, onLook, label }: { busy: boolean; onLook: () => void; label: string }) {
  return <Button size="xs" variant="default" loading={busy} onClick={onLook} aria-label={label}>Look again</Button>;
}
