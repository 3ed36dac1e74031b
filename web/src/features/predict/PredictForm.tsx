import { Button, Group, SegmentedControl, Text, Textarea } from '@mantine/core';
import { IconTableImport, IconWand } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { predict, ProblemError, type ModelView } from '@/api';
import { saveFile, toCsv } from '@/charts';
import { FileDrop } from '@/components/FileDrop';
import { counted, formatBytes } from '@/components/format';
import { Notes } from '@/components/Notes';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { tableEndings } from '@/components/tableFiles';
import { ColumnMapping } from './ColumnMapping';
import { mapColumns, type ColumnMatch } from './mapColumns';
import { emptyInput, readFile, readText, rowsToSend, speaksForItself, type PredictInput } from './predictInput';
import { PredictResults } from './PredictResults';

const ways = [{ value: 'paste', label: 'Paste' }, { value: 'file', label: 'Upload a file' }];

/** New rows, how their columns fit the model's, and the answers. */
export function PredictForm({ model }: { model: ModelView }) {
  const [way, setWay] = useState('paste');
  const [text, setText] = useState('');
  const [input, setInput] = useState<PredictInput>(emptyInput);
  const [chosen, setChosen] = useState<ReadonlyMap<string, string | null>>(new Map());
  const features = useMemo(() => model.features.map((feature) => feature.name), [model.features]);
  const matches = useMemo(() => (input.table === null ? [] : mapColumns(features, input.table.columns)).map((match): ColumnMatch => {
    const own = chosen.get(match.feature);
    return own === undefined ? match : { feature: match.feature, column: own, how: own === null ? 'missing' : 'same' };
  }), [features, input.table, chosen]);
  const run = useMutation({ mutationFn: () => predict(model.id, { ...rowsToSend(input, model, matches), explain: false }) });

  const take = (next: PredictInput) => {
    setInput(next);
    setChosen(new Map());
    run.reset();
  };
  const matched = matches.filter((match) => match.column !== null).length;
  const translated = input.table !== null && speaksForItself(model, matches);
  const ready = input.file !== null || translated || (input.table !== null && matched > 0);

  return (
    <>
      <Section
        title="2. Rows" description={model.origin === 'pretrained' ? 'A table of Kepler, TESS or K2, with the archive’s column names.' : `The model looks at ${counted(features.length, 'column')}. Others are ignored.`}
        actions={<Button size="xs" variant="default" leftSection={<IconTableImport size={15} aria-hidden />} onClick={() => saveFile(`${model.name}-columns.csv`, new Blob([toCsv(features, [])], { type: 'text/csv' }))}>Empty table to fill in</Button>}
      >
        <SegmentedControl data={ways} value={way} onChange={(value) => { setWay(value); setText(''); take(emptyInput); }} mb="sm" aria-label="How to give the rows" />
        {way === 'paste'
          ? (
            <Textarea
              label="Rows as CSV or JSON" description="The first line holds the column names. Copying from a spreadsheet works too." rows={9} value={text} spellCheck={false}
              placeholder={model.origin === 'pretrained' ? 'koi_period,koi_depth,koi_duration,koi_prad,koi_steff,\u2026' : placeholder(features)} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.75rem', whiteSpace: 'pre', overflowX: 'auto' } }}
              onChange={(event) => {
                setText(event.currentTarget.value);
                take(readText(event.currentTarget.value));
              }}
            />
          )
          : (
            <FileDrop
              label="Drop a table here" hint="A table, series, arrays, an image, or a zip archive" accept={tableEndings} compact
              onFile={(file) => void readFile(file).then(take)} onRefused={(reason) => take({ ...emptyInput, problem: reason })}
            />
          )}
        {input.file && <Text size="sm" mt="sm">{input.file.name}, {formatBytes(input.file.size)}{input.table === null && ': the server matches its columns by name'}</Text>}
        {input.problem && (way === 'file' || text.trim() !== '') && <ProblemNotice error={new ProblemError('These rows cannot be read', -1, input.problem)} mt="sm" />}
      </Section>
      {input.table && translated && (
        <Section title="3. Columns" description={`${counted(input.table.columns.length, 'column')} and ${counted(input.table.rows.length, 'row')} were read.`}>
          <Notes notes={['This model came with Strata and knows surveys by what they measure, not by their column names. The server recognises the tables of Kepler, TESS and K2 by the archive\u2019s names and does the rest.']} />
        </Section>
      )}
      {input.table && !translated && (
        <Section title="3. Columns" description={`${matched} of ${counted(features.length, 'column')} found in ${counted(input.table.rows.length, 'row')}. A column that is missing counts as unknown, and the answers get less sure.`}>
          <ColumnMapping matches={matches} columns={input.table.columns} onChoose={(feature, column) => { setChosen(new Map(chosen).set(feature, column)); run.reset(); }} />
        </Section>
      )}
      <Group>
        <Button leftSection={<IconWand size={16} aria-hidden />} disabled={!ready} loading={run.isPending} onClick={() => run.mutate()}>Predict</Button>
        {input.table && !translated && matched === 0 && <Text size="sm" c="var(--caution)">No column fits the model. Check the header line, or choose columns above.</Text>}
      </Group>
      {run.error && <ProblemNotice error={run.error} />}
      {run.data && <PredictResults model={model} input={input} matches={matches} result={run.data} />}
    </>
  );
}

function placeholder(features: readonly string[]) {
  const some = features.slice(0, 6);
  return `${some.join(',')}${features.length > some.length ? ',\u2026' : ''}`;
}
