import { Checkbox, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconBox, IconStack3 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries, type ModelView } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { formatAgo, formatBytes, formatCount, humanize } from '@/components/format';
import { ButtonLink, TextLink } from '@/components/links';
import { LoadingLines } from '@/components/Loading';
import { formatMetric, mainMetric, metricTitle } from '@/components/metricWords';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';
import { ModelOrigin } from './ModelOrigin';

export function ModelsPage() {
  const models = useQuery(queries.models());
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const header = <PageHeader title="Models" description="What was learned, ready to predict. A model is one file without code in it, which can be taken along." />;
  if (models.isPending) {
    return <>{header}<LoadingLines lines={6} /></>;
  }

  if (models.isError) {
    return <>{header}<ProblemNotice error={models.error} onRetry={() => void models.refetch()} /></>;
  }

  if (models.data.items.length === 0) {
    return <>{header}<EmptyState icon={IconBox} title="No models yet" action={<ButtonLink to="/train">Train a model</ButtonLink>}>Every completed training leaves one here.</EmptyState></>;
  }

  return (
    <>
      {header}
      <Section
        title={`${models.data.total} in all`} flush
        actions={
          <ButtonLink to="/combine" search={chosen.length === 0 ? {} : { models: chosen.join(',') }} size="xs" variant={chosen.length > 1 ? 'filled' : 'default'} leftSection={<IconStack3 size={15} aria-hidden />}>
            {chosen.length > 1 ? `Combine ${chosen.length} models` : 'Combine models'}
          </ButtonLink>
        }
      >
        <WideTable label="Models" minWidth={760}>
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col" w={44}><VisuallyHidden>Choose</VisuallyHidden></Table.Th>
                <Table.Th scope="col">Model</Table.Th><Table.Th scope="col">Predicts</Table.Th><Table.Th scope="col">Algorithm</Table.Th><Table.Th scope="col">Test result</Table.Th>
                <Table.Th scope="col" ta="end">Columns</Table.Th><Table.Th scope="col" ta="end">Size</Table.Th><Table.Th scope="col">Stored</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>{models.data.items.map((model) => (
              <ModelRow key={model.id} model={model} chosen={chosen.includes(model.id)} onChoose={(on) => setChosen((all) => (on ? [...all, model.id] : all.filter((id) => id !== model.id)))} />
            ))}</Table.Tbody>
          </Table>
        </WideTable>
      </Section>
    </>
  );
}

function ModelRow({ model, chosen, onChoose }: { model: ModelView; chosen: boolean; onChoose: (chosen: boolean) => void }) {
  const metric = mainMetric(model.metrics);
  return (
    <Table.Tr>
      <Table.Td><Checkbox size="xs" aria-label={`Choose ${model.name}, version ${model.version}`} checked={chosen} onChange={(event) => onChoose(event.currentTarget.checked)} /></Table.Td>
      <Table.Td>
        <TextLink to="/models/$modelId" params={{ modelId: model.id }} fw={500} c="inherit" style={{ overflowWrap: 'anywhere' }}>{model.name}</TextLink>
        {model.version > 1 && <Text span size="xs" c="dimmed" ml={6}>version {model.version}</Text>}
        {model.origin !== 'trained' && <> <ModelOrigin origin={model.origin} /></>}
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{model.target}</Table.Td>
      <Table.Td>{humanize(model.algorithm)}</Table.Td>
      <Table.Td>{metric === null ? <Text span c="dimmed">{'\u2013'}</Text> : <><strong>{formatMetric(metric.name, metric.value)}</strong> <Text span size="sm" c="dimmed">{metricTitle(metric.name).toLowerCase()}</Text></>}</Table.Td>
      <Table.Td ta="end">{formatCount(model.features.length)}</Table.Td>
      <Table.Td ta="end" style={{ whiteSpace: 'nowrap' }}>{formatBytes(model.bytes)}</Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}><Text span size="sm" c="dimmed">{formatAgo(model.created_at)}</Text></Table.Td>
    </Table.Tr>
  );
}
