import { NumberInput, SegmentedControl, Select, Stack, Table, Text, useMatches } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries, type ModelView } from '@/api';
import { Bars, Picture, Waterfall, XYChart } from '@/charts';
import { formatCount, formatNumber, formatShare } from '@/components/format';
import { Section } from '@/components/Section';
import { Cohorts } from './Cohorts';
import { Counterfactuals } from './Counterfactuals';
import { ManyRows } from './ManyRows';
import { OutputSelect } from './OutputSelect';
import { OverTime } from './OverTime';
import { basisText, contributionsOf, effectColumns, effectLines, picturesOf, questionsFor, valuesOf, type Question } from './reasons';
import { useExplanation } from './useExplanation';

interface AskedProps {
  model: ModelView;
  datasetId: string;
}

/** Why the model answers as it does, on the rows of some dataset. */
export function ReasonsPanel({ model }: { model: ModelView }) {
  const datasets = useQuery(queries.datasets());
  const run = useQuery({ ...queries.run(model.run_id ?? ''), enabled: model.run_id !== null });
  const [own, setOwn] = useState<string | null>(null);
  const [question, setQuestion] = useState<Question>('importance');
  const orientation = useMatches<'vertical' | 'horizontal'>({ base: 'vertical', sm: 'horizontal' });
  const ready = datasets.data?.items.filter(({ status }) => status === 'ready') ?? [];
  const datasetId = own ?? ready.find(({ id }) => id === run.data?.dataset_id)?.id ?? null;
  return (
    <Section title="Reasons" description="The model is asked about rows of a dataset, and about what it would say if they were different.">
      <Stack>
        <Select
          label="Rows of" placeholder="Choose a dataset" searchable maw={420} value={datasetId} onChange={setOwn} nothingFoundMessage="No dataset has that name"
          data={ready.map((one) => ({ value: one.id, label: `${one.name}${one.version > 1 ? ` (version ${one.version})` : ''}` }))}
        />
        <SegmentedControl aria-label="What to ask" orientation={orientation} value={question} onChange={(value) => setQuestion(value as Question)} data={questionsFor(model)} style={{ alignSelf: 'start' }} />
        {datasetId === null && datasets.isSuccess && (
          <Text size="sm" c="dimmed">{ready.length === 0 ? 'There is no dataset yet whose rows the model could be asked about.' : 'Choose the dataset whose rows the model is asked about. It needs the columns that are listed below.'}</Text>
        )}
        {datasetId !== null && question === 'importance' && <Importance model={model} datasetId={datasetId} />}
        {datasetId !== null && question === 'effect' && <Effect model={model} datasetId={datasetId} />}
        {datasetId !== null && question === 'rows' && <ManyRows model={model} datasetId={datasetId} />}
        {datasetId !== null && question === 'row' && <OneRow model={model} datasetId={datasetId} />}
        {datasetId !== null && question === 'time' && <OverTime model={model} datasetId={datasetId} />}
        {datasetId !== null && question === 'groups' && <Cohorts model={model} datasetId={datasetId} />}
        {datasetId !== null && question === 'rules' && <Rules model={model} datasetId={datasetId} />}
      </Stack>
    </Section>
  );
}

function Importance({ model, datasetId }: AskedProps) {
  const { told, waiting } = useExplanation(model.id, { method: 'permutation', dataset_id: datasetId, count: 2000 });
  const columns = told?.explanation.importance ?? [];
  return waiting ?? (
    <div>
      <Text size="sm" c="dimmed" mb="xs">How much worse the model is when a column’s values are shuffled, on up to 2000 rows.</Text>
      <Bars label="What matters" bars={columns.slice(0, 20).map((one) => ({ key: one.column, name: one.column, value: one.mean ?? 0, spread: one.standard_deviation ?? 0, text: formatNumber(one.mean, 3) }))} />
    </div>
  );
}

function Effect({ model, datasetId }: AskedProps) {
  const columns = effectColumns(model);
  const [column, setColumn] = useState<string | null>(columns[0] ?? null);
  const { told, waiting } = useExplanation(model.id, column === null ? null : { method: 'pdp', dataset_id: datasetId, count: 5000, columns: [column] });
  const effect = told?.effects?.[0];
  return (
    <div>
      <Select label="Column" searchable maw={420} value={column} onChange={setColumn} data={columns} mb="sm" />
      {waiting}
      {effect && (
        <>
          <Text size="sm" c="dimmed" mb="xs">What the model says on average when {effect.column} has the same value in every row (partial dependence).</Text>
          {effect.numbers !== null
            ? <XYChart label={`Effect of ${effect.column}`} series={effectLines(effect)} x={{ label: effect.column }} y={{ label: 'Mean answer' }} />
            : effect.outputs.map((output, index) => (
              <div key={output}>
                <Text size="sm" fw={600} mt="sm">{output}</Text>
                <Bars label={`Effect of ${effect.column} on ${output}`} bars={effect.labels.map((label, point) => ({ key: label, name: label, value: effect.values[index]?.[point] ?? 0, text: formatNumber(effect.values[index]?.[point], 3) }))} />
              </div>
            ))}
        </>
      )}
    </div>
  );
}

function OneRow({ model, datasetId }: AskedProps) {
  const [row, setRow] = useState(0);
  const [output, setOutput] = useState<string | null>(null);
  const { told, waiting } = useExplanation(model.id, { method: 'shap', dataset_id: datasetId, offset: row, count: 1, plots: true, output });
  const place = Math.max(0, told?.explanation.outputs.indexOf(output ?? '') ?? 0);
  const rows = useQuery(queries.datasetRows(datasetId, Math.floor(row / queries.rowsPerPage)));
  const values = valuesOf(rows.data, row % queries.rowsPerPage);
  const contributions = told && contributionsOf(told, place, values);
  return (
    <div>
      <NumberInput label="Row" description="From 0." maw={160} min={0} allowDecimal={false} value={row} onChange={(value) => setRow(typeof value === 'number' ? value : 0)} mb="sm" />
      <OutputSelect model={model} value={output} onChange={setOutput} />
      {waiting}
      {contributions && (
        <>
          <Waterfall bias={contributions.bias} contributions={contributions.contributions} toward={told.explanation.outputs[place] ?? model.target} explained={told.explanation.basis?.explained} />
          {picturesOf(told, 'force').map(([name, svg]) => <Picture key={name} svg={svg} />)}
          <Text size="xs" c="dimmed" mt="xs">{basisText(told.explanation.basis)}</Text>
        </>
      )}
      <Counterfactuals model={model} datasetId={datasetId} row={row} />
    </div>
  );
}

function Rules({ model, datasetId }: AskedProps) {
  const { told, waiting } = useExplanation(model.id, { method: 'surrogate', dataset_id: datasetId, count: 10_000 });
  const tree = told?.surrogate;
  return waiting ?? (tree ? (
    <div>
      <Text size="sm" c="dimmed" mb="xs">
        One small tree that answers as the model does. {tree.measure === 'agreement' ? `It agrees on ${formatShare(tree.fidelity)} of ${formatCount(tree.held_rows)} rows that it has not seen; always giving the most frequent answer would on ${formatShare(tree.baseline)}.` : `It follows ${formatShare(tree.fidelity)} of the model’s variation on ${formatCount(tree.held_rows)} rows that it has not seen.`}
      </Text>
      <Table>
        <Table.Thead><Table.Tr><Table.Th scope="col">When</Table.Th><Table.Th scope="col">It says</Table.Th><Table.Th scope="col" ta="end">Rows</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {tree.rules.map((rule) => (
            <Table.Tr key={rule.conditions.join(' and ')}><Table.Td>{rule.conditions.length === 0 ? 'always' : rule.conditions.join(' and ')}</Table.Td><Table.Td>{rule.answer}</Table.Td><Table.Td ta="end">{formatCount(rule.row_count)}</Table.Td></Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  ) : null);
}
