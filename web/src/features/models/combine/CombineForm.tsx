import { Button, List, MultiSelect, NumberInput, SegmentedControl, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconStack3 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { combineModels, queries, type AlgorithmView, type DatasetView, type ModelView } from '@/api';
import { counted } from '@/components/format';
import { modelLabel } from '@/components/modelLabel';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { useNewRun } from '@/components/useNewRun';
import { combinable, combinationRequest, methodWords, missingForCombination, type CombinationChoices, type CombinationMethod } from './combination';

interface CombineFormProps {
  models: readonly ModelView[];
  datasets: readonly DatasetView[];
  algorithms: readonly AlgorithmView[];
  chosen: readonly string[];
}

const votes = [{ value: 'soft', label: 'Probabilities' }, { value: 'log_odds', label: 'Log-odds: whoever is sure counts for more' }, { value: 'hard', label: 'The called class' }];

/** Which models are combined, how, and on which rows. */
export function CombineForm({ models, datasets, algorithms, chosen }: CombineFormProps) {
  const [own, setOwn] = useState<CombinationChoices>({ models: chosen, datasetId: null, method: 'voting', vote: 'soft', weights: new Map(), metaLearner: null, name: '' });
  const named = own.models.flatMap((id) => models.find((one) => one.id === id) ?? []);
  const [first] = named;
  const run = useQuery({ ...queries.run(first?.run_id ?? ''), enabled: typeof first?.run_id === 'string' });
  const learned = datasets.find(({ id }) => id === run.data?.dataset_id)?.id ?? null;
  const choices = { ...own, datasetId: own.datasetId ?? learned };
  const change = (some: Partial<CombinationChoices>) => setOwn((current) => ({ ...current, ...some }));
  const missing = missingForCombination(choices);
  const combine = useNewRun(async () => (await combineModels(combinationRequest(choices))).run_id);
  const task = first?.task ?? null;
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); if (missing.length === 0 && !combine.isPending) { combine.mutate(); } }}>
      <Stack maw={760}>
        <Section title="1. Models">
          <MultiSelect
            label="Models" description="They predict the same column. Once one is chosen, only those that answer its question are offered." placeholder={own.models.length === 0 ? 'Choose models' : undefined}
            searchable hidePickedOptions maxValues={20} nothingFoundMessage="No other model answers the same question" value={[...own.models]} onChange={(ids) => change({ models: ids })}
            data={[...new Map([...named, ...combinable(models, own.models)].map((one) => [one.id, { value: one.id, label: modelLabel(one) }])).values()]}
          />
        </Section>
        <Section title="2. Rows whose answers are known" description="Rows that a model has learned from are left out, as far as its training was recorded here: what it says of these is better than it will be in use.">
          <Select
            label="Dataset" placeholder="Choose a dataset" searchable nothingFoundMessage="No dataset has that name" value={choices.datasetId} onChange={(datasetId) => change({ datasetId })}
            data={datasets.map((one) => ({ value: one.id, label: `${one.name}${one.version > 1 ? ` (version ${one.version})` : ''}: ${counted(one.row_count, 'row')}` }))}
          />
        </Section>
        <Section title="3. How">
          <Stack>
            <div>
              <SegmentedControl
                aria-label="How they are combined" value={own.method} onChange={(method) => change({ method: method as CombinationMethod })}
                data={(Object.keys(methodWords) as CombinationMethod[]).map((method) => ({ value: method, label: methodWords[method].label }))}
              />
              <Text size="sm" c="dimmed" mt={6}>{methodWords[own.method].meaning}</Text>
            </div>
            {own.method === 'voting' && (
              <>
                {task !== null && task !== 'regression' && (
                  <Select label="What counts" maw={420} allowDeselect={false} value={own.vote} onChange={(vote) => change({ vote: (vote ?? 'soft') as CombinationChoices['vote'] })} data={votes} />
                )}
                {named.length > 1 && (
                  <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }}>
                    {named.map((one) => (
                      <NumberInput
                        key={one.id} label={`Weight of ${one.name}${one.version > 1 ? ` (version ${one.version})` : ''}`} min={0} max={1e6} decimalScale={4} value={own.weights.get(one.id) ?? 1}
                        onChange={(value) => change({ weights: new Map([...own.weights, [one.id, typeof value === 'number' ? value : 1]]) })}
                      />
                    ))}
                  </SimpleGrid>
                )}
              </>
            )}
            {own.method !== 'voting' && (
              <Select
                label="What learns from their answers" maw={420} searchable clearable placeholder={task === 'regression' ? 'Ridge regression' : 'Logistic regression'} value={own.metaLearner} onChange={(metaLearner) => change({ metaLearner })}
                data={algorithms.filter((one) => task === null || one.tasks.includes(task)).map(({ name, title }) => ({ value: name, label: title }))}
              />
            )}
            <TextInput label="Name" description="May stay empty." maw={420} maxLength={200} value={own.name} onChange={(event) => change({ name: event.currentTarget.value })} />
          </Stack>
        </Section>
        {combine.isError && <ProblemNotice error={combine.error} />}
        {missing.length > 0 && <List size="sm" c="dimmed">{missing.map((one) => <List.Item key={one}>{one}</List.Item>)}</List>}
        <Button type="submit" leftSection={<IconStack3 size={16} aria-hidden />} disabled={missing.length > 0} loading={combine.isPending} style={{ alignSelf: 'start' }}>Combine them</Button>
      </Stack>
    </form>
  );
}
