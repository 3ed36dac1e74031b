import { Select } from '@mantine/core';
import { IconBox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { queries } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { ButtonLink } from '@/components/links';
import { LoadingBlock } from '@/components/Loading';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';
import { PredictForm } from './PredictForm';
import classes from './PredictPage.module.css';

export function PredictPage() {
  const { model: chosen } = useSearch({ from: '/predict' });
  const navigate = useNavigate();
  const models = useQuery(queries.models());
  const header = <PageHeader title="Predict" description="Ask a model about new rows: answers, probabilities, and the reasons for each." />;
  if (models.isPending) {
    return <>{header}<LoadingBlock height={240} /></>;
  }

  if (models.isError) {
    return <>{header}<ProblemNotice error={models.error} onRetry={() => void models.refetch()} /></>;
  }

  if (models.data.items.length === 0) {
    return <>{header}<EmptyState icon={IconBox} title="Predicting needs a model" action={<ButtonLink to="/train">Train a model</ButtonLink>}>Every completed training leaves one.</EmptyState></>;
  }

  const model = models.data.items.find((one) => one.id === chosen) ?? (chosen === undefined && models.data.items.length === 1 ? models.data.items[0] : undefined);
  return (
    <>
      {header}
      <div className={classes.stack}>
        <Section title="1. Model">
          <Select
            label="Ask" placeholder="Choose a model" searchable value={model?.id ?? null} maw={560} nothingFoundMessage="No model has that name"
            data={models.data.items.map((one) => ({ value: one.id, label: `${one.name}${one.version > 1 ? ` (version ${one.version})` : ''}: predicts ${one.target}` }))}
            onChange={(id) => void navigate({ to: '/predict', search: id === null ? {} : { model: id }, replace: true })}
          />
        </Section>
        {model && <PredictForm key={model.id} model={model} />}
      </div>
    </>
  );
}
