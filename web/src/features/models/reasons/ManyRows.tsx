import { Text } from '@mantine/core';
import { useState } from 'react';
import type { ModelView } from '@/api';
import { Picture } from '@/charts';
import { OutputSelect } from './OutputSelect';
import { basisText, picturesOf } from './reasons';
import { useExplanation } from './useExplanation';

const rows = 200;

/** What moves the answers of many rows: a dot a row, and how the strongest columns' contributions depend on their values. */
export function ManyRows({ model, datasetId }: { model: ModelView; datasetId: string }) {
  const [output, setOutput] = useState<string | null>(null);
  const { told, waiting } = useExplanation(model.id, { method: 'shap', dataset_id: datasetId, count: rows, plots: true, output });
  return (
    <div>
      <OutputSelect model={model} value={output} onChange={setOutput} />
      {waiting}
      {told && <Text size="sm" c="dimmed" mb="xs">The first {rows} rows. {basisText(told.explanation.basis)}</Text>}
      {told && picturesOf(told, '').map(([name, svg]) => <Picture key={name} svg={svg} />)}
    </div>
  );
}
