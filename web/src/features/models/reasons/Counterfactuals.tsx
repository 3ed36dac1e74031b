import { Group, List, MultiSelect, NumberInput, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { ModelView } from '@/api';
import { changesOf } from './reasons';
import { useExplanation } from './useExplanation';

/** The smallest changes of a row with which the model says something else; of numbers, with which it reaches a range. */
export function Counterfactuals({ model, datasetId, row }: { model: ModelView; datasetId: string; row: number }) {
  const isNumber = model.task === 'regression';
  const [kept, setKept] = useState<string[]>([]);
  const [low, setLow] = useState<number | null>(null);
  const [high, setHigh] = useState<number | null>(null);
  const [[wantedLow, wantedHigh]] = useDebouncedValue([low, high] as const, 500);
  const isAsked = !isNumber || wantedLow !== null || wantedHigh !== null;
  const { told, waiting } = useExplanation(model.id, isAsked
    ? { method: 'counterfactual', dataset_id: datasetId, offset: row, count: 1, immutable: kept, wanted_low: wantedLow, wanted_high: wantedHigh }
    : null);
  const answer = told?.counterfactuals?.[0];
  const numberOf = (value: string | number) => (typeof value === 'number' ? value : null);
  return (
    <div>
      <Text fw={600} mt="lg">{isNumber ? `What would it take for ${model.target} to be different?` : 'What would change the answer?'}</Text>
      {isNumber && (
        <Group mb="xs">
          <NumberInput label="At least" maw={160} value={low ?? ''} onChange={(value) => setLow(numberOf(value))} />
          <NumberInput label="At most" maw={160} value={high ?? ''} onChange={(value) => setHigh(numberOf(value))} />
        </Group>
      )}
      <MultiSelect label="Columns that stay as they are" placeholder={kept.length === 0 ? 'None: each may change' : undefined} searchable maw={520} value={kept} onChange={setKept} data={model.features.map(({ name }) => name)} mb="xs" />
      {isNumber && !isAsked && <Text size="sm" c="dimmed">Say what the number should reach.</Text>}
      {waiting}
      {answer && (answer.found.length === 0 ? <Text size="sm">{answer.reason}</Text> : (
        <>
          <Text size="sm">The model says {answer.label}.</Text>
          <List size="sm">{changesOf(answer).map((text) => <List.Item key={text}>{text}</List.Item>)}</List>
        </>
      ))}
    </div>
  );
}
