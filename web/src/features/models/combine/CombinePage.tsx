import { IconBox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { queries } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { ButtonLink } from '@/components/links';
import { LoadingBlock } from '@/components/Loading';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { combinable, readModels } from './combination';
import { CombineForm } from './CombineForm';

const parent = { to: '/models', label: 'Models' } as const;

/** Makes one model of several that are there already. */
export function CombinePage() {
  const { models: asked } = useSearch({ from: '/combine' });
  const models = useQuery(queries.models());
  const datasets = useQuery(queries.datasets());
  const algorithms = useQuery(queries.algorithms());
  const header = <PageHeader title="Combine models" parent={parent} description="Several models answer together, each as it was trained. The ensemble is tested on rows that none of them has learned from." />;
  const failed = [models, datasets, algorithms].find((query) => query.isError);
  if (failed) {
    return <>{header}<ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} /></>;
  }

  if (!models.data || !datasets.data || !algorithms.data) {
    return <>{header}<LoadingBlock height={320} /></>;
  }

  return combinable(models.data.items, []).length < 2
    ? <>{header}<EmptyState icon={IconBox} title="There are too few models to combine" action={<ButtonLink to="/train">Train a model</ButtonLink>}>It takes two that predict the same column.</EmptyState></>
    : (
      <>
        {header}
        <CombineForm
          key={asked} models={models.data.items} datasets={datasets.data.items.filter(({ status }) => status === 'ready')} algorithms={algorithms.data}
          chosen={readModels(asked).filter((id) => models.data.items.some((one) => one.id === id))}
        />
      </>
    );
}
