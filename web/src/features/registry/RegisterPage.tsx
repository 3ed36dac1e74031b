import { Autocomplete, Button, Select, Stack, Textarea } from '@mantine/core';
import { IconBox, IconStack2 } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { queries, registerVersion, type ModelView } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { ButtonLink } from '@/components/links';
import { LoadingBlock } from '@/components/Loading';
import { modelLabel } from '@/components/modelLabel';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { Section } from '@/components/Section';

const parent = { to: '/registry', label: 'Registry' } as const;

/** Makes a trained model a version of a registered one. */
export function RegisterPage() {
  const models = useQuery(queries.models());
  const header = <PageHeader title="Register a model" parent={parent} description="The name is made when it is new; else the model becomes its next version." />;
  if (models.isPending) {
    return <>{header}<LoadingBlock height={300} /></>;
  }

  if (models.isError) {
    return <>{header}<ProblemNotice error={models.error} onRetry={() => void models.refetch()} /></>;
  }

  return models.data.items.length === 0
    ? <>{header}<EmptyState icon={IconBox} title="There is no model to register" action={<ButtonLink to="/train">Train a model</ButtonLink>}>Every completed training leaves one.</EmptyState></>
    : <>{header}<RegisterForm models={models.data.items} /></>;
}

function RegisterForm({ models }: { models: readonly ModelView[] }) {
  const asked = useSearch({ from: '/register' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const { data: known } = useQuery(queries.registeredModels());
  const [modelId, setModelId] = useState<string | null>(models.find(({ id }) => id === asked.model)?.id ?? null);
  const [ownName, setOwnName] = useState<string | null>(asked.name ?? null);
  const [description, setDescription] = useState('');
  const model = models.find(({ id }) => id === modelId);
  const name = ownName ?? model?.name ?? '';
  const taken = known?.items.find((one) => one.name === name && (model === undefined || one.project === model.project));
  const register = useMutation({
    mutationFn: () => registerVersion({ name: name.trim(), project: model?.project }, modelId!, description.trim() === '' ? null : description.trim()),
    onSuccess: async (version) => {
      await client.invalidateQueries({ queryKey: ['registry'] });
      await navigate({ to: '/registry/$name', params: { name: version.model }, search: { version: String(version.version), ...(model && { project: model.project }) } });
    },
  });
  return (
    <Section title="New version">
      <form onSubmit={(event) => { event.preventDefault(); register.mutate(); }}>
        <Stack maw={520}>
          <Select
            label="Model" placeholder="Choose a model" required searchable nothingFoundMessage="No model has that name" value={modelId} onChange={setModelId}
            data={models.map((one) => ({ value: one.id, label: modelLabel(one) }))}
          />
          <Autocomplete
            label="Registered name" description={taken ? 'This name is there; the model becomes its next version.' : 'A new name, or one that is there.'} required maxLength={250}
            data={[...new Set(known?.items.map((one) => one.name) ?? [])]} value={name} onChange={setOwnName}
          />
          <Textarea label="What people should know of this version" description="May stay empty." autosize minRows={2} maxLength={5000} value={description} onChange={(event) => setDescription(event.currentTarget.value)} />
          {register.isError && <ProblemNotice error={register.error} />}
          <Button type="submit" leftSection={<IconStack2 size={16} aria-hidden />} disabled={modelId === null || name.trim() === ''} loading={register.isPending} style={{ alignSelf: 'start' }}>Register it</Button>
        </Stack>
      </form>
    </Section>
  );
}
