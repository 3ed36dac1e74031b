import { Button, Group, NumberInput, Select, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CohortCondition, CohortComparison, ModelView } from '@/api';
import { formatCount, formatNumber, humanize } from '@/components/format';
import { conditionOf, intervalText } from './reasons';
import { useExplanation } from './useExplanation';

const shown = 8;

/** Why the model answers otherwise of some rows than of all others. */
export function Cohorts({ model, datasetId }: { model: ModelView; datasetId: string }) {
  const [column, setColumn] = useState<string | null>(model.features[0]?.name ?? null);
  const [value, setValue] = useState('');
  const [low, setLow] = useState<number | null>(null);
  const [high, setHigh] = useState<number | null>(null);
  const [asked, setAsked] = useState<CohortCondition | null>(null);
  const { told, waiting } = useExplanation(model.id, asked === null ? null : { method: 'cohort', dataset_id: datasetId, count: 20_000, cohort: { first: asked } });
  const type = model.features.find(({ name }) => name === column)?.type;
  const isNumber = type === 'float64' || type === 'float32' || type === 'int64';
  const condition = column === null ? null : conditionOf(column, isNumber ? { low, high } : { value });
  const numberOf = (given: string | number) => (typeof given === 'number' ? given : null);
  return (
    <div>
      <Group align="end" mb="sm">
        <Select label="Rows whose" searchable allowDeselect={false} maw={260} value={column} onChange={setColumn} data={model.features.map(({ name }) => name)} />
        {isNumber ? (
          <>
            <NumberInput label="is at least" maw={140} value={low ?? ''} onChange={(given) => setLow(numberOf(given))} />
            <NumberInput label="and below" maw={140} value={high ?? ''} onChange={(given) => setHigh(numberOf(given))} />
          </>
        ) : <TextInput label="is" maw={220} value={value} onChange={(event) => setValue(event.currentTarget.value)} />}
        <Button variant="light" disabled={condition === null} onClick={() => setAsked(condition)}>Compare with all others</Button>
      </Group>
      {waiting}
      {told?.cohorts && <Compared told={told.cohorts} />}
    </div>
  );
}

function Compared({ told }: { told: CohortComparison }) {
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">{told.first} ({formatCount(told.first_rows)} rows) beside {told.second} ({formatCount(told.second_rows)} rows), with 95 % intervals.</Text>
      <Text fw={600} mt="sm">What moves their answers apart</Text>
      <Measures head={['Column', 'Of']} value="Difference" lines={told.contributions.slice(0, shown).map((one) => [one.column, one.output, one.first, one.second, one.difference, intervalText(one.interval)])} />
      <Text fw={600} mt="md">Whether both are treated alike</Text>
      <Measures head={['Measure', 'Of']} value="Value" lines={told.fairness.map((one) => [humanize(one.name), one.output, one.first, one.second, one.value, intervalText(one.interval)])} />
    </>
  );
}

type Line = readonly [string, string, number | null, number | null, number | null, string];

function Measures({ head, value, lines }: { head: readonly string[]; value: string; lines: readonly Line[] }) {
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {head.map((name) => <Table.Th key={name} scope="col">{name}</Table.Th>)}
            {['These', 'Others', value, 'Interval'].map((name) => <Table.Th key={name} scope="col" ta="end">{name}</Table.Th>)}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map(([name, output, first, second, difference, interval]) => (
            <Table.Tr key={`${name} ${output}`}>
              <Table.Td>{name}</Table.Td>
              <Table.Td>{output}</Table.Td>
              {[first, second, difference].map((number, place) => <Table.Td key={place} ta="end">{number === null ? '–' : formatNumber(number, 3)}</Table.Td>)}
              <Table.Td ta="end">{interval}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
