import { Alert, Button, Group, Pagination, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { auditPerPage, downloads, queries } from '@/api';
import { humanize } from '@/components/format';
import { LoadingLines } from '@/components/Loading';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { WideTable } from '@/components/WideTable';

/** Who did what, and whether the record of it is as it was written. */
export function AuditPanel() {
  const [page, setPage] = useState(0);
  const entries = useQuery(queries.audit(page));
  const check = useQuery({ ...queries.auditCheck(), enabled: false });
  if (entries.isPending) {
    return <LoadingLines lines={8} />;
  }

  if (entries.isError) {
    return <ProblemNotice error={entries.error} onRetry={() => void entries.refetch()} />;
  }

  return (
    <Stack>
      {check.data && (
        <Alert role="status" color={check.data.is_whole ? 'gray' : 'red'} variant="light" title={check.data.is_whole ? 'The log is as it was written' : 'The log was changed'}>
          {check.data.problem ?? `${check.data.count} entries. The last one's hash is ${check.data.last_hash}; noted elsewhere, it will show whether entries were cut off.`}
        </Alert>
      )}
      {check.isError && <ProblemNotice error={check.error} />}
      <Section
        title={`${entries.data.total} entries`} flush
        actions={<Group gap="xs"><Button size="xs" variant="default" loading={check.isFetching} onClick={() => void check.refetch()}>Check it</Button><Button size="xs" variant="default" component="a" href={downloads.audit} download>Export</Button></Group>}
      >
        <WideTable label="Audit log" minWidth={820}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">When</Table.Th><Table.Th scope="col">Who</Table.Th><Table.Th scope="col">From</Table.Th><Table.Th scope="col">What</Table.Th><Table.Th scope="col">To what</Table.Th><Table.Th scope="col">Detail</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {entries.data.items.map((entry) => (
                <Table.Tr key={entry.number}>
                  <Table.Td><Text span size="sm" c="dimmed">{new Date(entry.time).toLocaleString()}</Text></Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{entry.actor}</Table.Td>
                  <Table.Td><Text span size="sm" c="dimmed">{entry.address ?? '\u2013'}</Text></Table.Td>
                  <Table.Td>{humanize(entry.action)}</Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}><Text span size="sm">{entry.subject}</Text></Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}><Text span size="sm">{entry.detail}</Text></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      </Section>
      {entries.data.total > auditPerPage && (
        <Pagination total={Math.ceil(entries.data.total / auditPerPage)} value={page + 1} onChange={(value) => setPage(value - 1)} getControlProps={(control) => ({ 'aria-label': `${control} page` })} />
      )}
    </Stack>
  );
}
