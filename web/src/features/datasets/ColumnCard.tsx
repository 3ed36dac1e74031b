import { Badge, NativeSelect, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ArraySpark, SparkHistogram } from '@/charts';
import type { ArraySummary, ColumnMeaning, ColumnProfile, ColumnType, LengthRange } from '@/api';
import { columnTypes, isArray } from '@/components/columnTypes';
import { formatCount, formatDay, formatNumber, formatShare } from '@/components/format';
import { TopLevels } from './TopLevels';
import classes from './ColumnCard.module.css';

interface ColumnCardProps {
  column: ColumnProfile;
  rowCount: number;
  meaning: ColumnMeaning | undefined;
  type: ColumnType;
  changed: boolean;
  isTarget: boolean;
  onType: (type: ColumnType) => void;
}

export function ColumnCard({ column, rowCount, meaning, type, changed, isTarget, onType }: ColumnCardProps) {
  return (
    <article className={classes.card} aria-label={column.name}>
      <div>
        <div className={classes.name}>
          <span>{column.name}</span>
          {isTarget && <Badge size="sm">to predict</Badge>}
        </div>
        {meaning && (
          <Text size="xs" c="dimmed">{meaning.title}{meaning.unit ? `, ${meaning.unit}` : ''}{meaning.meaning ? `. ${meaning.meaning}` : ''}</Text>
        )}
        <NativeSelect
          size="xs" mt={6} w={190} value={type} data-changed={changed || undefined} aria-label={`Type of ${column.name}`}
          data={columnTypes.map(({ value, label }) => ({ value, label }))}
          onChange={(event) => onType(event.currentTarget.value as ColumnType)}
        />
      </div>
      <Facts column={column} rowCount={rowCount} />
      <div className={classes.picture}>
        {column.arrays && isArray(column.type) && (
          <div className={classes.samples}>
            {column.arrays.samples.map((sample) => <ArraySpark key={sample.row} text={sample.array} kind={column.type as 'series' | 'image' | 'points'} height={46} label={`${column.name} of row ${sample.row}`} />)}
          </div>
        )}
        {column.histogram && column.histogram.counts.length > 0
          ? <SparkHistogram bins={column.histogram} label={`How the values of ${column.name} are spread`} format={column.type === 'date' ? formatDay : undefined} />
          : column.top_levels && <TopLevels levels={column.top_levels} rowCount={rowCount} />}
      </div>
      {column.warnings.length > 0 && (
        <ul className={classes.warnings} aria-label="Warnings">
          {column.warnings.map((warning, index) => <li key={index} data-kind={warning.kind}><IconAlertTriangle size={15} aria-hidden />{warning.message}</li>)}
        </ul>
      )}
    </article>
  );
}

function Facts({ column, rowCount }: { column: ColumnProfile; rowCount: number }) {
  const at = (probability: number) => column.quantiles?.find((quantile) => Math.abs(quantile.probability - probability) < 1e-9)?.value;
  const share = rowCount === 0 ? 0 : column.missing / rowCount;
  return (
    <dl className={classes.facts}>
      <div><dt>Missing</dt><dd>{column.missing === 0 ? 'none' : `${formatShare(share)} (${formatCount(column.missing)})`}</dd></div>
      {column.arrays ? <ArrayFacts arrays={column.arrays} /> : <div><dt>Distinct</dt><dd>{formatCount(column.distinct)}</dd></div>}
      {column.earliest && column.latest && (
        <>
          <div><dt>First</dt><dd>{column.earliest}</dd></div>
          <div><dt>Last</dt><dd>{column.latest}</dd></div>
        </>
      )}
      {!column.earliest && column.quantiles && column.quantiles.length > 0 && (
        <>
          <div><dt>Median</dt><dd>{formatNumber(at(0.5))}</dd></div>
          <div><dt>Middle half</dt><dd>{formatNumber(at(0.25), 3)} to {formatNumber(at(0.75), 3)}</dd></div>
        </>
      )}
    </dl>
  );
}

function ArrayFacts({ arrays }: { arrays: ArraySummary }) {
  const [first] = arrays.channels;
  return (
    <>
      {arrays.lengths && <div><dt>Length</dt><dd>{range(arrays.lengths)}</dd></div>}
      {arrays.heights && arrays.widths && <div><dt>Size</dt><dd>{range(arrays.heights)} {'\u00d7'} {range(arrays.widths)}</dd></div>}
      <div><dt>Channels</dt><dd title={arrays.channels.map((channel) => channel.name).join(', ')}>{formatCount(arrays.channels.length)}</dd></div>
      {first && <div><dt>{arrays.channels.length === 1 ? 'Range' : `Range of ${first.name}`}</dt><dd>{formatNumber(first.min, 3)} to {formatNumber(first.max, 3)}</dd></div>}
      {arrays.rows_with_gaps > 0 && <div><dt>With gaps</dt><dd>{formatCount(arrays.rows_with_gaps)}</dd></div>}
    </>
  );
}

function range(lengths: LengthRange): string {
  return lengths.least === lengths.most ? formatCount(lengths.most) : `${formatCount(lengths.least)} to ${formatCount(lengths.most)}`;
}
