import { List, MultiSelect, NumberInput, SegmentedControl, Select, Stack, Table, Text, useMatches } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries, type ModelView, type OmicsExplanationRequest } from '@/api';
import { Bars, Waterfall, XYChart } from '@/charts';
import { formatCount, formatNumber, formatShare } from '@/components/format';
import { LoadingBlock } from '@/components/Loading';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { changesOf, contributionsOf, effectColumns, effectLines, questions, type Question } from './reasons';

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
        <SegmentedControl aria-label="What to ask" orientation={orientation} value={question} onChange={(value) => setQuestion(value as Question)} data={questions} style={{ alignSelf: 'start' }} />
        {datasetId !== null && question === 'importance' && <Importance model={model} datasetId={datasetId} />}
        {datasetId !== null && question === 'effect' && <Effect model={model} datasetId={datasetId} />}
        {datasetId !== null && question === 'row' && <OneRow model={model} datasetId={datasetId} />}
        {datasetId !== null && question === 'rules' && <Rules model={model} datasetId={datasetId} />}
      </Stack>
    </Section>
  );
}

function useExplanation(modelId: string, asked: OmicsExplanationRequest | null) {
  const told = useQuery({ ...queries.modelExplanation(modelId, asked ?? { method: '' }), enabled: asked !== null });
  const waiting = told.isError ? <ProblemNotice error={told.error} onRetry={() => void told.refetch()} /> : asked !== null && told.isPending ? <LoadingBlock height={220} /> : null;
  return { told: told.data, waiting };
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
  const [output, setOutput] = useState(0);
  const [kept, setKept] = useState<string[]>([]);
  const { told, waiting } = useExplanation(model.id, { method: 'kernel_shap', dataset_id: datasetId, offset: row, count: 1 });
  const isNumber = model.task === 'regression';
  const change = useExplanation(model.id, isNumber ? null : { method: 'counterfactual', dataset_id: datasetId, offset: row, count: 1, immutable: kept });
  const contributions = told && contributionsOf(told, output);
  const answer = change.told?.counterfactuals?.[0];
  return (
    <div>
      <NumberInput label="Row" description="From 0." maw={160} min={0} allowDecimal={false} value={row} onChange={(value) => setRow(typeof value === 'number' ? value : 0)} mb="sm" />
      {waiting}
      {told && told.explanation.outputs.length > 1 && (
        <Select label="Class" maw={260} allowDeselect={false} value={String(output)} onChange={(value) => setOutput(Number(value ?? 0))} data={told.explanation.outputs.map((name, index) => ({ value: String(index), label: name }))} mb="sm" />
      )}
      {contributions && (
        <>
          <Waterfall bias={contributions.bias} contributions={contributions.contributions} toward={told.explanation.outputs[output] ?? model.target} />
          <Text size="xs" c="dimmed" mt="xs">Sampled Shapley values of what the model predicts, against other rows of the dataset.</Text>
        </>
      )}
      {!isNumber && (
        <>
          <Text fw={600} mt="lg">What would change the answer?</Text>
          <MultiSelect label="Columns that stay as they are" searchable maw={520} value={kept} onChange={setKept} data={model.features.map(({ name }) => name)} mb="xs" />
          {change.waiting}
          {answer && (answer.found.length === 0 ? <Text size="sm">{answer.reason}</Text> : (
            <>
              <Text size="sm">The model says {answer.label}.</Text>
              <List size="sm">{changesOf(answer).map((text) => <List.Item key={text}>{text}</List.Item>)}</List>
            </>
          ))}
        </>
      )}
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
