import { NumberInput, Text } from '@mantine/core';
import { useState } from 'react';
import type { ModelView } from '@/api';
import { Picture } from '@/charts';
import { OutputSelect } from './OutputSelect';
import { arrayColumns, picturesOf } from './reasons';
import { useExplanation } from './useExplanation';

/** When something in a series moved the answer of one row: by hiding each stretch of it. */
export function OverTime({ model, datasetId }: { model: ModelView; datasetId: string }) {
  const [row, setRow] = useState(0);
  const [output, setOutput] = useState<string | null>(null);
  const { told, waiting } = useExplanation(model.id, { method: 'occlusion', dataset_id: datasetId, offset: row, count: 1, columns: arrayColumns(model).slice(0, 1), plots: true, output });
  return (
    <div>
      <NumberInput label="Row" description="From 0." maw={160} min={0} allowDecimal={false} value={row} onChange={(value) => setRow(typeof value === 'number' ? value : 0)} mb="sm" />
      <OutputSelect model={model} value={output} onChange={setOutput} />
      {waiting}
      {told && <Text size="sm" c="dimmed" mb="xs">By how much the prediction falls when a stretch of the series is hidden.</Text>}
      {told && picturesOf(told, 'heat_map').map(([name, svg]) => <Picture key={name} svg={svg} />)}
      {told && picturesOf(told, 'heat_map').length === 0 && <Text size="sm">The series of this row is missing.</Text>}
    </div>
  );
}
