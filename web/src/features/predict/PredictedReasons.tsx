import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { predict, ProblemError, type ModelView, type Prediction } from '@/api';
import { Reasons } from '@/charts';
import { formatCount } from '@/components/format';
import { LoadingLines } from '@/components/Loading';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import type { ColumnMatch } from './mapColumns';
import { rowForModel, type PredictInput } from './predictInput';

interface PredictedReasonsProps {
  model: ModelView;
  input: PredictInput;
  matches: readonly ColumnMatch[];
  /** 0-based. */
  row: number;
  prediction: Prediction;
}

/** Why the model says what it says about one row; asked for when somebody wants to know. */
export function PredictedReasons({ model, input, matches, row, prediction }: PredictedReasonsProps) {
  const values = input.table?.rows[row];
  const request = values === undefined ? null : rowForModel(values, input.table!, model, matches);
  const explained = useQuery({
    queryKey: ['models', model.id, 'explained', request === null ? null : [...request]],
    enabled: request !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const { items: [first], reasons_basis: basis } = await predict(model.id, { rows: [request!], mapping: new Map(), explain: true }, signal);
      if (!first) {
        throw new ProblemError('No reasons came back', -1, 'The model answered without a prediction for this row.');
      }

      return { first, explained: basis?.explained };
    },
  });
  return (
    <Section title={`Row ${formatCount(prediction.row)}`}>
      {request === null && <><Reasons prediction={prediction} model={model} /><Text size="sm" c="dimmed" mt="sm">Reasons are shown for pasted rows and for text files up to 20 MB. For others, use <code>strata explain</code>.</Text></>}
      {request !== null && explained.isPending && <LoadingLines lines={9} />}
      {explained.isError && <ProblemNotice error={explained.error} onRetry={() => void explained.refetch()} />}
      {explained.data && <Reasons prediction={explained.data.first} model={model} explained={explained.data.explained} />}
    </Section>
  );
}
