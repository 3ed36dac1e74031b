import { useQuery } from '@tanstack/react-query';
import { predict, ProblemError, type ModelView, type TestRow } from '@/api';
import { Reasons } from '@/charts';
import { cellValue } from '@/components/cellValues';
import { formatCount, formatValue } from '@/components/format';
import { LoadingLines } from '@/components/Loading';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';

interface RowReasonsProps {
  row: TestRow;
  columns: readonly string[];
  model: ModelView | undefined;
}

/** Why the model said what it said about one test row: the model is asked again, with reasons. */
export function RowReasons({ row, columns, model }: RowReasonsProps) {
  const explained = useQuery({
    queryKey: ['models', model?.id, 'reasons', row.row],
    enabled: model !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const types = new Map(model!.features.map((feature) => [feature.name, feature.type]));
      const values = columns.flatMap((column, index) => (types.has(column) ? [[column, cellValue(row.values[index] ?? null, types.get(column))] as const] : []));
      const { items: [prediction], reasons_basis: basis } = await predict(model!.id, { rows: [new Map(values)], mapping: new Map(), explain: true }, signal);
      if (!prediction) {
        throw new ProblemError('No reasons came back', -1, 'The model answered without a prediction for this row.');
      }

      return { prediction, explained: basis?.explained };
    },
  });
  return (
    <Section title={`Row ${formatCount(row.row)}`} description={row.truth === '' ? undefined : `Truth: ${formatValue(row.truth)}`}>
      {explained.isPending && <LoadingLines lines={9} />}
      {explained.isError && <ProblemNotice error={explained.error} onRetry={() => void explained.refetch()} />}
      {explained.data && model && <Reasons prediction={explained.data.prediction} model={model} explained={explained.data.explained} />}
    </Section>
  );
}
