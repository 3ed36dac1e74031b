import { DataGrid } from '@/components/DataGrid';
import { columnTypeName } from '@/components/columnTypes';
import { counted, shorten } from '@/components/format';
import { Section } from '@/components/Section';
import type { FeatureView } from '@/api';

const columns = [{ title: 'Column', width: 280 }, { title: 'Type', width: 140 }, { title: 'Known values', width: 560 }];

/** The columns that a table must have for the model to predict. */
export function FeatureTable({ features }: { features: readonly FeatureView[] }) {
  return (
    <Section title="Columns it wants" description={`${counted(features.length, 'column')}; a missing one is treated as missing values, and predictions get worse.`} flush>
      <DataGrid
        label="Columns the model wants" columns={columns} rowCount={features.length}
        cell={(row, column) => {
          const feature = features[row]!;
          if (column === 0) {
            return <span title={feature.name}>{feature.name}</span>;
          }

          return column === 1 ? columnTypeName(feature.type) : shorten(feature.levels?.join(', ') ?? '', 200);
        }}
      />
    </Section>
  );
}
