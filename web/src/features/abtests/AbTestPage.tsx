import { Badge, Button, Menu, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots, IconPlayerStop, IconRocket, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { deleteAbTest, queries, type AbTestArm, type AbTestView } from '@/api';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { formatCount, formatNumber, formatShare, formatTime } from '@/components/format';
import { ButtonLink, TextLink } from '@/components/links';
import { LoadingBlock } from '@/components/Loading';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';
import { CourseChart } from './CourseChart';
import { StopDialog } from './StopDialog';
import { difference, measured, measureNames, statusNames } from './words';
import classes from './AbTestPage.module.css';

const parent = { to: '/ab-tests', label: 'A/B tests' } as const;

/** One A/B test: what is known so far, how it became known, and the end of it. */
export function AbTestPage() {
  const { name } = useParams({ from: '/ab-tests/$name' });
  const test = useQuery(queries.abTest(name));
  if (test.isPending) {
    return <><PageHeader title={name} parent={parent} /><LoadingBlock height={360} /></>;
  }

  if (test.isError && test.data === undefined) {
    return <><PageHeader title={name} parent={parent} /><ProblemNotice error={test.error} onRetry={() => void test.refetch()} /></>;
  }

  return <TestContent key={name} test={test.data} />;
}

function TestContent({ test }: { test: AbTestView }) {
  const [open, setOpen] = useState<'stop' | 'delete' | null>(null);
  const { label, color } = statusNames[test.status];
  return (
    <>
      <PageHeader
        title={test.name} parent={parent} badge={<Badge color={color}>{label}</Badge>}
        description={<>{measureNames[test.measure]}, with {formatShare(test.split, 0)} of the traffic for B {'\u00b7'} started {formatTime(test.started_at)}{test.ended_at && `, ended ${formatTime(test.ended_at)}`}</>}
        actions={
          <>
            {test.status === 'running' && <Button leftSection={<IconPlayerStop size={16} aria-hidden />} onClick={() => setOpen('stop')}>End the test</Button>}
            <ButtonLink to="/deployments/$name" params={{ name: test.name }} variant="default" leftSection={<IconRocket size={16} aria-hidden />}>Deployment</ButtonLink>
            <Menu position="bottom-end">
              <Menu.Target><Button variant="default" px="xs" aria-label="More actions"><IconDots size={17} /></Button></Menu.Target>
              <Menu.Dropdown><Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setOpen('delete')}>Forget this test</Menu.Item></Menu.Dropdown>
            </Menu>
          </>
        }
      />
      <div className={classes.stack}>
        <Section title={test.winner ? `${test.winner.toUpperCase()} wins` : test.status === 'running' ? 'Not decided yet' : 'It ended undecided'} description={test.verdict}>
          <dl className={classes.facts}>
            <div><dt>B’s mean minus A’s</dt><dd>{difference(test.measure, test.difference)}</dd></div>
            <div><dt>It lies, with {formatShare(1 - test.level)} certainty, within</dt><dd>{test.lower === null ? 'nothing can be said yet' : `${difference(test.measure, test.lower)} to ${difference(test.measure, test.upper)}`}</dd></div>
            <div><dt>p, valid whenever one looks</dt><dd>{formatNumber(test.p_value, 3)}</dd></div>
          </dl>
        </Section>
        <CourseChart test={test} />
        <Arms test={test} />
      </div>
      {open === 'stop' && <StopDialog test={test} onClose={() => setOpen(null)} />}
      <Forget name={test.name} opened={open === 'delete'} onClose={() => setOpen(null)} />
    </>
  );
}

function Arms({ test }: { test: AbTestView }) {
  const { data: models } = useQuery(queries.models());
  const rows: [string, AbTestArm][] = [['A', test.a], ['B', test.b]];
  return (
    <Section title="The two models" flush>
      <WideTable label="The two models" minWidth={640}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Arm</Table.Th><Table.Th scope="col">Model</Table.Th><Table.Th scope="col" ta="end">{measureNames[test.measure]}</Table.Th><Table.Th scope="col" ta="end">Outcomes</Table.Th>
              <Table.Th scope="col" ta="end">Answered</Table.Th><Table.Th scope="col" ta="end">Failed</Table.Th><Table.Th scope="col" ta="end">95 % within</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(([arm, { model_id, mean, outcomes, answered, failed, latency_p95 }]) => {
              const model = models?.items.find(({ id }) => id === model_id);
              return (
                <Table.Tr key={arm}>
                  <Table.Th scope="row">{arm}{test.winner === arm.toLowerCase() && <> <Badge size="sm" color="teal">wins</Badge></>}</Table.Th>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{model ? <TextLink to="/models/$modelId" params={{ modelId: model_id }}>{model.name}{model.version > 1 && ` (version ${model.version})`}</TextLink> : <Text span c="dimmed">{models ? 'a deleted model' : ''}</Text>}</Table.Td>
                  <Table.Td ta="end">{measured(test.measure, mean)}</Table.Td>
                  <Table.Td ta="end">{formatCount(outcomes)}</Table.Td>
                  <Table.Td ta="end">{formatCount(answered)}</Table.Td>
                  <Table.Td ta="end">{formatCount(failed)}</Table.Td>
                  <Table.Td ta="end">{latency_p95 === null ? '\u2013' : `${formatNumber(latency_p95, 3)} ms`}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </WideTable>
    </Section>
  );
}

function Forget({ name, opened, onClose }: { name: string; opened: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const forget = useMutation({
    mutationFn: () => deleteAbTest(name),
    onSuccess: async () => {
      notifications.show({ message: `The test ${name} was forgotten.` });
      await navigate({ to: '/ab-tests' });
      client.removeQueries({ queryKey: ['ab-tests', name] });
      await client.invalidateQueries({ queryKey: ['ab-tests'] });
    },
  });
  return (
    <ConfirmDialog opened={opened} title={`Forget the test ${name}?`} confirmLabel="Forget it" busy={forget.isPending} error={forget.error} onConfirm={() => forget.mutate()} onClose={() => { forget.reset(); onClose(); }}>
      What it came to is deleted. Its deployment stays and goes on serving as it does now.
    </ConfirmDialog>
  );
}
