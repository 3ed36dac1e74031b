import { Badge, Table, Text } from '@mantine/core';
import { IconFlask2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { queries, type AbTestView } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { counted, formatAgo, formatCount } from '@/components/format';
import { ButtonLink, TextLink } from '@/components/links';
import { LoadingLines } from '@/components/Loading';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';
import { difference, measureNames, statusNames } from './words';

/** All A/B tests, those that run and those that have ended. */
export function AbTestsPage() {
  const tests = useQuery(queries.abTests());
  const header = (
    <PageHeader
      title="A/B tests" description="Two models share the traffic until their outcomes say which is better. One may look at any time: the certainty holds all the same."
      actions={<ButtonLink to="/start-ab-test" leftSection={<IconFlask2 size={16} aria-hidden />}>Start a test</ButtonLink>}
    />
  );
  if (tests.isPending) {
    return <>{header}<LoadingLines lines={5} /></>;
  }

  if (tests.isError) {
    return <>{header}<ProblemNotice error={tests.error} onRetry={() => void tests.refetch()} /></>;
  }

  if (tests.data.items.length === 0) {
    return <>{header}<EmptyState icon={IconFlask2} title="No tests yet" action={<ButtonLink to="/start-ab-test">Start a test</ButtonLink>}>A test needs two models that predict the same, and outcomes that are told later.</EmptyState></>;
  }

  return (
    <>
      {header}
      <Section title={counted(tests.data.total, 'test')} flush>
        <WideTable label="A/B tests" minWidth={720}>
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Test</Table.Th><Table.Th scope="col">State</Table.Th><Table.Th scope="col">Compares</Table.Th><Table.Th scope="col">B beside A</Table.Th><Table.Th scope="col" ta="end">Outcomes</Table.Th><Table.Th scope="col">Started</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>{tests.data.items.map((test) => <TestRow key={test.name} test={test} />)}</Table.Tbody>
          </Table>
        </WideTable>
      </Section>
    </>
  );
}

function TestRow({ test }: { test: AbTestView }) {
  const { label, color } = statusNames[test.status];
  return (
    <Table.Tr>
      <Table.Td><TextLink to="/ab-tests/$name" params={{ name: test.name }} fw={500} c="inherit" style={{ overflowWrap: 'anywhere' }}>{test.name}</TextLink></Table.Td>
      <Table.Td><Badge color={color}>{label}</Badge>{test.winner && <> <Badge color="teal">{test.winner.toUpperCase()} wins</Badge></>}</Table.Td>
      <Table.Td>{measureNames[test.measure]}</Table.Td>
      <Table.Td>{difference(test.measure, test.difference)}</Table.Td>
      <Table.Td ta="end">{formatCount(test.a.outcomes + test.b.outcomes)}</Table.Td>
      <Table.Td><Text span size="sm" c="dimmed">{formatAgo(test.started_at)}</Text></Table.Td>
    </Table.Tr>
  );
}
