import { Button, Select, Stack, TextInput } from '@mantine/core';
import { IconBox, IconRocket } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { createDeployment, queries, type ModelView } from '@/api';
import { EmptyState } from '@/components/EmptyState';
import { ButtonLink } from '@/components/links';
import { LoadingBlock } from '@/components/Loading';
import { modelLabel } from '@/components/modelLabel';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { ProjectChoice } from '@/components/ProjectChoice';
import { Section } from '@/components/Section';
import { ShareInput } from './ShareInput';
import { deploymentName } from './words';

const parent = { to: '/deployments', label: 'Deployments' } as const;

/** Gives a model a name under which programs ask it. */
export function DeployPage() {
  const models = useQuery(queries.models());
  const header = <PageHeader title="Deploy a model" parent={parent} description="Programs ask the name; you can put another model behind it later without telling them." />;
  if (models.isPending) {
    return <>{header}<LoadingBlock height={320} /></>;
  }

  if (models.isError) {
    return <>{header}<ProblemNotice error={models.error} onRetry={() => void models.refetch()} /></>;
  }

  return models.data.items.length === 0
    ? <>{header}<EmptyState icon={IconBox} title="Deploying needs a model" action={<ButtonLink to="/train">Train a model</ButtonLink>}>Every completed training leaves one.</EmptyState></>
    : <>{header}<DeployForm models={models.data.items} /></>;
}

function DeployForm({ models }: { models: readonly ModelView[] }) {
  const { model: asked } = useSearch({ from: '/deploy' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const first = models.find(({ id }) => id === asked);
  const [modelId, setModelId] = useState<string | null>(first?.id ?? null);
  const [ownName, setOwnName] = useState<string | null>(null);
  const [logShare, setLogShare] = useState(1);
  const [note, setNote] = useState('');
  const [project, setProject] = useState<string | null>(null);
  const model = models.find(({ id }) => id === modelId);
  const name = ownName ?? (model ? deploymentName(model.name) : '');
  const make = useMutation({
    mutationFn: () => createDeployment({ name, models: [{ model_id: modelId!, weight: 1, shadow: false }], log_share: logShare, note: note.trim() === '' ? null : note.trim(), project }),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['deployments'] });
      await navigate({ to: '/deployments/$name', params: { name: made.name } });
    },
  });
  return (
    <Section title="New deployment">
      <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
        <Stack maw={520}>
          <Select
            label="Model" placeholder="Choose a model" required searchable nothingFoundMessage="No model has that name" value={modelId} onChange={setModelId}
            data={models.map((one) => ({ value: one.id, label: modelLabel(one) }))}
          />
          <TextInput
            label="Name" description="Letters, digits, hyphen, underscore and full stop. It stands in the address of its predictions." required maxLength={100} pattern="[A-Za-z0-9._\-]+" autoComplete="off"
            value={name} onChange={(event) => setOwnName(event.currentTarget.value)}
          />
          <ShareInput label="Predictions to log" description="What is not logged can have no outcome and counts for nothing in drift and performance." share={logShare} onShare={setLogShare} />
          <ProjectChoice project={project} onProject={setProject} />
          <TextInput label="Why" description="For the history; may stay empty." maxLength={1000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          {make.isError && <ProblemNotice error={make.error} />}
          <Button type="submit" leftSection={<IconRocket size={16} aria-hidden />} disabled={modelId === null || name === ''} loading={make.isPending} style={{ alignSelf: 'start' }}>Deploy it</Button>
        </Stack>
      </form>
    </Section>
  );
}
