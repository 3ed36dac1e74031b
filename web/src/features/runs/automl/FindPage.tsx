import { IconDatabase } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { queries } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { ButtonLink } from '@/components/links';
import { LoadingBlock } from '@/components/Loading';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { chosenTable, TableChoice } from '../train/TableChoice';
import { FindForm } from './FindForm';

/** Looks for the best model of a table in the time that somebody gives. */
export function FindPage() {
  const { dataset: chosen } = useSearch({ from: '/find' });
  const navigate = useNavigate();
  const datasets = useQuery(queries.datasets());
  const presets = useQuery(queries.presets());
  const metrics = useQuery(queries.metrics());
  const header = (
    <PageHeader
      title="Find the best model"
      description="Say what to predict and how long it may take. Many algorithms with good settings are tried on parts of the table, and the best of them are weighted together. Rows kept aside tell how good the result is."
    />
  );
  const failed = [datasets, presets, metrics].find((query) => query.isError);
  if (failed) {
    return <>{header}<ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} /></>;
  }

  if (!datasets.data || !presets.data || !metrics.data) {
    return <>{header}<LoadingBlock height={90} /><LoadingBlock height={260} /></>;
  }

  const ready = datasets.data.items.filter((dataset) => dataset.status === 'ready');
  if (ready.length === 0) {
    const reading = datasets.data.items.some((dataset) => dataset.status === 'reading');
    return (
      <>
        {header}
        <EmptyState icon={IconDatabase} title={reading ? 'Your table is being read' : 'A model needs a table to learn from'} action={<ButtonLink to="/datasets">{reading ? 'See how far it is' : 'Bring a table'}</ButtonLink>}>
          {reading ? 'It can be chosen here in a moment.' : 'Upload one of yours, or make a simulated survey to try things out.'}
        </EmptyState>
      </>
    );
  }

  const dataset = chosenTable(ready, chosen);
  return (
    <>
      {header}
      <TableChoice ready={ready} chosen={dataset} onChoose={(id) => void navigate({ to: '/find', search: id === null ? {} : { dataset: id }, replace: true })} />
      {dataset && <FindForm key={dataset.id} dataset={dataset} presets={presets.data} metrics={metrics.data} />}
    </>
  );
}
