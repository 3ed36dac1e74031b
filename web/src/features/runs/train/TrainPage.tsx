import { IconDatabase } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { queries } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { ButtonLink } from '@/components/links';
import { LoadingBlock } from '@/components/Loading';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { chosenTable, TableChoice } from './TableChoice';
import { TrainForm } from './TrainForm';
import { useComparedStart } from './useComparedStart';
import { useRunStart } from './useRunStart';

export function TrainPage() {
  const { dataset: chosen, comparison, algorithm, run } = useSearch({ from: '/train' });
  const navigate = useNavigate();
  const datasets = useQuery(queries.datasets());
  const presets = useQuery(queries.presets());
  const algorithms = useQuery(queries.algorithms());
  const steps = useQuery(queries.steps());
  const metrics = useQuery(queries.metrics());
  const compared = useComparedStart(comparison, algorithm);
  const again = useRunStart(run);
  const start = run === undefined ? compared : again;
  const header = <PageHeader title="Train a model" description="Choose a table and what to predict. Everything else has a sensible default." />;
  const failed = [datasets, presets, algorithms, steps, metrics, start.query].find((query) => query.isError);
  if (failed) {
    return <>{header}<ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} /></>;
  }

  if (!datasets.data || !presets.data || !algorithms.data || !steps.data || !metrics.data || start.query.isLoading) {
    return <>{header}<LoadingBlock height={90} /><LoadingBlock height={260} /></>;
  }

  const ready = datasets.data.items.filter((dataset) => dataset.status === 'ready');
  if (ready.length === 0) {
    return (
      <>
        {header}
        <EmptyState icon={IconDatabase} title="A model needs a table to learn from" action={<ButtonLink to="/datasets">Bring a table</ButtonLink>}>
          Upload one of yours, or make a simulated survey to try things out.
        </EmptyState>
      </>
    );
  }

  const dataset = chosenTable(ready, chosen);
  return (
    <>
      {header}
      <TableChoice ready={ready} chosen={dataset} onChoose={(id) => void navigate({ to: '/train', search: id === null ? {} : { dataset: id }, replace: true })} />
      {dataset && (
        <TrainForm
          key={`${dataset.id} ${comparison ?? ''} ${algorithm ?? ''} ${run ?? ''}`} dataset={dataset} presets={presets.data} algorithms={algorithms.data} steps={steps.data} metrics={metrics.data}
          start={start.start?.datasetId === dataset.id ? start.start : undefined}
        />
      )}
    </>
  );
}
