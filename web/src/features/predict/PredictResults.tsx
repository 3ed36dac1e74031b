import { Button } from '@mantine/core';
import { IconDownload, IconListSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CellValue, ModelView, Prediction, PredictionList } from '@/api';
import { saveFile } from '@/charts';
import { DataGrid, type GridColumn } from '@/components/DataGrid';
import { EmptyState } from '@/components/EmptyState';
import { counted, formatCount, formatNumber, formatShare, formatValue, humanize, shorten } from '@/components/format';
import { regionText } from '@/components/regionText';
import { MissingValue } from '@/components/MissingValue';
import { Notes } from '@/components/Notes';
import { Section } from '@/components/Section';
import { uncertaintyColumns, type UncertaintyColumn } from '@/components/uncertainty';
import type { ColumnMatch } from './mapColumns';
import { PredictedReasons } from './PredictedReasons';
import { predictionsCsv } from './predictionsCsv';
import type { PredictInput } from './predictInput';
import classes from './PredictPage.module.css';

interface PredictResultsProps {
  model: ModelView;
  input: PredictInput;
  matches: readonly ColumnMatch[];
  result: PredictionList;
}

/** The answers, row by row, with the reasons for the chosen one. */
export function PredictResults({ model, input, matches, result }: PredictResultsProps) {
  const [selected, setSelected] = useState<number | null>(result.items.length > 0 ? 0 : null);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.scrollIntoView({ behavior: 'smooth', block: 'start' }), []);
  const read = input.table;
  const shownColumns = useMemo(() => read?.columns.slice(0, 200) ?? (result.kept ?? []).map(({ column }) => column), [read, result.kept]);
  const region = regionOf(result.items);
  const unsure = useMemo(() => uncertaintyColumns(result.items, model.task === 'regression'), [result.items, model.task]);
  const columns = useMemo<GridColumn[]>(() => [
    { title: 'Row', width: 76, numeric: true },
    { title: model.target, width: 170 },
    ...(region === null ? [] : [{ title: region === 'interval' ? 'Interval' : 'May be', width: 190 }]),
    ...scored(model).map((name) => ({ title: model.task === 'clustering' ? humanize(name) : model.task === 'outlier_detection' ? 'Score' : <span title={name}>{`p(${shorten(name, 20)})`}</span>, width: 120, numeric: true })),
    ...unsure.map(({ title }) => ({ title, width: 150, numeric: true })),
    ...shownColumns.map((name) => ({ title: <span title={name}>{name}</span>, width: Math.min(220, Math.max(110, name.length * 8 + 24)) })),
  ], [model, shownColumns, region, unsure]);
  const chosen = selected === null ? undefined : result.items[selected];

  return (
    <div ref={place} className={classes.stack} style={{ scrollMarginTop: 64 }}>
      <Notes notes={result.notes} title="Worth knowing" />
      <div className={classes.split}>
        <Section
          title="Predictions" description={counted(result.items.length, 'row')} flush
          actions={
            <Button size="xs" variant="default" leftSection={<IconDownload size={15} aria-hidden />} onClick={() => saveFile(`${model.name}-predictions.csv`, new Blob([predictionsCsv(scored(model), result.items, result.kept ?? [])], { type: 'text/csv' }))}>
              Download CSV
            </Button>
          }
        >
          <DataGrid
            label="Predictions" columns={columns} rowCount={result.items.length} height={520} selectedRow={selected} onRow={setSelected}
            cell={(row, column) => <Cell prediction={result.items[row]!} column={column} model={model} region={region} unsure={unsure} values={read?.rows[row] ?? (result.kept ?? []).map(({ values }) => values[row] ?? null)} />}
          />
        </Section>
        <div className={classes.detail}>
          {chosen
            ? <PredictedReasons key={chosen.row} model={model} input={input} matches={matches} row={selected!} prediction={chosen} />
            : <Section title="Reasons"><EmptyState icon={IconListSearch} title="Choose a row">to see how the model came to its answer.</EmptyState></Section>}
        </div>
      </div>
    </div>
  );
}

/** What there is a share of for each row: the classes, how much of an outlier it is, or how far or probable its cluster is. */
function scored(model: ModelView): readonly string[] {
  if (model.task === 'clustering') {
    return [model.algorithm === 'gaussian_mixture' ? 'probability' : 'distance'];
  }

  return model.task === 'outlier_detection' ? ['outlier'] : model.classes;
}

/** Whether the model was trained to say where the truth may lie. */
function regionOf(items: readonly Prediction[]): 'interval' | 'set' | null {
  const first = items[0];
  return first?.interval ? 'interval' : first?.set ? 'set' : null;
}

interface CellProps {
  prediction: Prediction;
  column: number;
  model: ModelView;
  region: 'interval' | 'set' | null;
  unsure: readonly UncertaintyColumn[];
  values: readonly CellValue[] | undefined;
}

function Cell({ prediction, column, model, region, unsure, values }: CellProps) {
  if (column === 0) {
    return formatCount(prediction.row);
  }

  if (column === 1) {
    return <strong>{formatValue(prediction.prediction)}</strong>;
  }

  if (region !== null && column === 2) {
    return regionText(prediction);
  }

  const place = column - (region === null ? 2 : 3);
  const name = scored(model)[place];
  if (name !== undefined) {
    const value = new Map(Object.entries(prediction.probabilities)).get(name);
    return model.task === 'clustering' ? formatNumber(value) : formatShare(value);
  }

  const told = unsure[place - scored(model).length];
  if (told !== undefined) {
    return formatNumber(told.read(prediction));
  }

  const value = values?.[place - scored(model).length - unsure.length] ?? null;
  return value === null ? <MissingValue /> : shorten(Array.isArray(value) ? JSON.stringify(value) : String(value), 80);
}
