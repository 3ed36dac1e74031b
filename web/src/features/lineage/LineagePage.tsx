import { IconBinaryTree } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { queries } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { LoadingBlock } from '@/components/Loading';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { LineageGraph } from './LineageGraph';

/** Where a thing comes from and what came of it. */
export function LineagePage() {
  const { kind = '', id = '' } = useSearch({ from: '/lineage' });
  const lineage = useQuery({ ...queries.lineage(kind, id), enabled: kind !== '' && id !== '' });
  const start = lineage.data?.nodes.find(({ key }) => key === lineage.data.start);
  return (
    <>
      <PageHeader title={start ? `Lineage of ${start.name}` : 'Lineage'} description="From the rows that were learned from to the predictions that were answered: left what was there before, right what came of it." />
      {(kind === '' || id === '') && <EmptyState icon={IconBinaryTree} title="Nothing was chosen">Open the lineage from the page of a dataset, a run, a model or a deployment.</EmptyState>}
      {lineage.isLoading && <LoadingBlock height={360} />}
      {lineage.isError && <ProblemNotice error={lineage.error} onRetry={() => void lineage.refetch()} />}
      {lineage.data && <LineageGraph key={lineage.data.start} lineage={lineage.data} />}
    </>
  );
}
