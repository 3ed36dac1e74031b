import { Badge, Button, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { promoteInDeployment, type DeployedModel, type DeploymentView } from '@/api';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { formatNumber, formatShare, humanize } from '@/components/format';
import { TextLink } from '@/components/links';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';
import { useDeploymentChange } from './useDeploymentChange';
import { modelTitle } from './words';
import classes from './DeploymentPage.module.css';

/** The models behind the name and their parts of the traffic. */
export function ModelShares({ deployment }: { deployment: DeploymentView }) {
  const { current } = deployment;
  const [promoting, setPromoting] = useState<DeployedModel | null>(null);
  const promote = useDeploymentChange((id: string) => promoteInDeployment(deployment.name, id, null), () => 'It gets all traffic now.', () => setPromoting(null));
  const alone = current.models.filter(({ shadow }) => !shadow).length === 1;
  return (
    <Section title="Models" description={`${current.log_share === 1 ? 'Every prediction is' : current.log_share === 0 ? 'No prediction is' : `${formatShare(current.log_share)} of the predictions are`} logged.`} flush>
      <WideTable label="Models" minWidth={620}>
        <Table>
          <Table.Thead>
            <Table.Tr><Table.Th scope="col">Model</Table.Th><Table.Th scope="col">Algorithm</Table.Th><Table.Th scope="col" ta="end">Weight</Table.Th><Table.Th scope="col">Part of the traffic</Table.Th><Table.Th scope="col" ta="end">Change</Table.Th></Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {current.models.map((model, index) => (
              <Table.Tr key={model.model_id}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  <span className={classes.dot} style={{ background: `var(--series-${(index % 7) + 1})` }} aria-hidden />
                  {model.name === null ? <Text span c="dimmed">a deleted model</Text> : <TextLink to="/models/$modelId" params={{ modelId: model.model_id }} fw={500} c="inherit">{modelTitle(model)}</TextLink>}
                  {model.shadow && <> <Badge color="gray" size="sm">Shadow</Badge></>}
                  {current.canary?.model_id === model.model_id && <> <Badge color="indigo" size="sm">On trial</Badge></>}
                </Table.Td>
                <Table.Td>{model.algorithm === null ? '\u2013' : humanize(model.algorithm)}</Table.Td>
                <Table.Td ta="end">{model.shadow ? '\u2013' : formatNumber(model.weight, 3)}</Table.Td>
                <Table.Td>
                  {model.shadow ? <Text span size="sm" c="dimmed">asked beside, never answers</Text> : (
                    <div className={classes.share}><div className={classes.bar} aria-hidden><span style={{ width: `${model.share * 100}%`, background: `var(--series-${(index % 7) + 1})` }} /></div><span className="numeric">{formatShare(model.share)}</span></div>
                  )}
                </Table.Td>
                <Table.Td ta="end">
                  {(!alone || model.shadow) && model.name !== null && <Button size="xs" variant="default" onClick={() => setPromoting(model)} aria-label={`Give ${modelTitle(model)} all traffic`}>All traffic</Button>}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
      <ConfirmDialog
        opened={promoting !== null} title={`Give ${promoting ? modelTitle(promoting) : ''} all traffic?`} confirmLabel="Promote it" color="indigo" cancelLabel="Leave it" busy={promote.isPending} error={promote.error}
        onConfirm={() => promoting && promote.mutate(promoting.model_id)} onClose={() => { promote.reset(); setPromoting(null); }}
      >
        Every request to {deployment.name} goes to it from then on. The history keeps what was served before, and you can roll back.
      </ConfirmDialog>
    </Section>
  );
}
