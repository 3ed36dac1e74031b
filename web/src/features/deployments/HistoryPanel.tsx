import { Badge, Button, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries, rollBackDeployment, type DeploymentRevision, type DeploymentView } from '@/api';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { formatShare, formatTime } from '@/components/format';
import { LoadingLines } from '@/components/Loading';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';
import { useDeploymentChange } from './useDeploymentChange';
import { changeColors, changeNames, modelTitle } from './words';

/** What the deployment has served, from one change to the next. */
export function HistoryPanel({ deployment }: { deployment: DeploymentView }) {
  const history = useQuery(queries.deploymentHistory(deployment.name));
  const [back, setBack] = useState<DeploymentRevision | null>(null);
  const roll = useDeploymentChange((revision: number) => rollBackDeployment(deployment.name, revision), ({ current }) => `It serves that again, as revision ${current.revision}.`, () => setBack(null));
  return (
    <Section title="History" description="Nothing is ever taken out of it: it tells what answered at any time." flush={history.isSuccess}>
      {history.isPending && <LoadingLines lines={5} />}
      {history.isError && <ProblemNotice error={history.error} onRetry={() => void history.refetch()} />}
      {history.data && (
        <WideTable label="History" minWidth={720}>
          <Table>
            <Table.Thead>
              <Table.Tr><Table.Th scope="col" ta="end">Revision</Table.Th><Table.Th scope="col">Change</Table.Th><Table.Th scope="col">Served</Table.Th><Table.Th scope="col">From</Table.Th><Table.Th scope="col">By</Table.Th><Table.Th scope="col" ta="end">Go back</Table.Th></Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {history.data.items.map((revision) => (
                <Table.Tr key={revision.revision}>
                  <Table.Td ta="end">{revision.revision}</Table.Td>
                  <Table.Td>
                    <Badge color={changeColors[revision.change]}>{changeNames[revision.change]}</Badge>
                    {revision.note && <Text size="xs" c="dimmed" mt={3} style={{ overflowWrap: 'anywhere' }}>{revision.note}</Text>}
                  </Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{revision.models.map((model) => <Text key={model.model_id} size="sm">{modelTitle(model)} <Text span size="sm" c="dimmed">{model.shadow ? 'shadow' : formatShare(model.share)}</Text></Text>)}</Table.Td>
                  <Table.Td><Text span size="sm" c="dimmed">{formatTime(revision.at)}</Text></Table.Td>
                  <Table.Td><Text span size="sm">{revision.by ?? 'the server'}</Text></Table.Td>
                  <Table.Td ta="end">
                    {revision.revision === deployment.current.revision
                      ? <Badge color="teal" size="sm">Now</Badge>
                      : <Button size="xs" variant="default" onClick={() => setBack(revision)} aria-label={`Serve again revision ${revision.revision}`}>Serve again</Button>}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
      <ConfirmDialog
        opened={back !== null} title={`Serve revision ${back?.revision ?? ''} again?`} confirmLabel="Serve it again" color="indigo" cancelLabel="Leave it" busy={roll.isPending} error={roll.error}
        onConfirm={() => back && roll.mutate(back.revision)} onClose={() => { roll.reset(); setBack(null); }}
      >
        {back && <>From then on {deployment.name} answers with {back.models.filter(({ shadow }) => !shadow).map(modelTitle).join(' and ')}, as a new revision.</>}
      </ConfirmDialog>
    </Section>
  );
}
