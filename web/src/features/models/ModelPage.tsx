import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBinaryTree, IconDots, IconDownload, IconRocket, IconStack2, IconTrash, IconWand } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { deleteModel, downloads, queries, type ModelView } from '@/api';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { formatBytes, formatTime, humanize, shorten } from '@/components/format';
import { ButtonLink, MenuLink, TextLink } from '@/components/links';
import { LoadingBlock } from '@/components/Loading';
import { orderedMetrics, taskNames } from '@/components/metricWords';
import { MetricTiles } from '@/components/MetricTiles';
import { PageHeader } from '@/components/PageHeader';
import { ProblemNotice } from '@/components/ProblemNotice';
import { FeatureTable } from './FeatureTable';
import { ModelOrigin } from './ModelOrigin';
import { ReasonsPanel } from './reasons/ReasonsPanel';
import classes from './ModelPage.module.css';

const parent = { to: '/models', label: 'Models' } as const;

export function ModelPage() {
  const { modelId } = useParams({ from: '/models/$modelId' });
  const model = useQuery(queries.model(modelId));
  if (model.isPending) {
    return <><PageHeader title="Model" parent={parent} /><LoadingBlock height={320} /></>;
  }

  if (model.isError) {
    return <><PageHeader title="Model" parent={parent} /><ProblemNotice error={model.error} onRetry={() => void model.refetch()} /></>;
  }

  return <ModelContent model={model.data} />;
}

function ModelContent({ model }: { model: ModelView }) {
  const [deleting, setDeleting] = useState(false);
  const metrics = orderedMetrics(model.metrics, model.task);
  return (
    <>
      <PageHeader
        title={model.name} parent={parent}
        badge={<ModelOrigin origin={model.origin} />}
        description={
          <>
            {humanize(model.algorithm)} {model.task === 'outlier_detection' || model.task === 'clustering' ? 'finds' : 'predicts'} <strong>{model.target}</strong> ({taskNames[model.task].toLowerCase()}
            {model.classes.length > 0 && `: ${shorten(model.classes.join(', '), 120)}`}) {'\u00b7'} version {model.version}, {formatTime(model.created_at)} {'\u00b7'} {formatBytes(model.bytes)}
          </>
        }
        actions={
          <>
            <ButtonLink to="/predict" search={{ model: model.id }} leftSection={<IconWand size={16} aria-hidden />}>Predict</ButtonLink>
            <ButtonLink to="/deploy" search={{ model: model.id }} variant="default" leftSection={<IconRocket size={16} aria-hidden />}>Deploy</ButtonLink>
            <Button component="a" href={downloads.modelFile(model.id)} variant="default" leftSection={<IconDownload size={16} aria-hidden />}>Download</Button>
            <Menu position="bottom-end">
              <Menu.Target><Button variant="default" px="xs" aria-label="More actions"><IconDots size={17} /></Button></Menu.Target>
              <Menu.Dropdown>
                <MenuLink to="/register" search={{ model: model.id }} leftSection={<IconStack2 size={16} />}>Register as a version</MenuLink>
                <MenuLink to="/lineage" search={{ kind: 'model', id: model.id }} leftSection={<IconBinaryTree size={16} />}>Lineage</MenuLink>
                <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>Delete</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        }
      />
      <div className={classes.stack}>
        {metrics.length > 0 && (
          <div>
            <MetricTiles metrics={metrics.slice(0, 6)} />
            {model.run_id !== null && <TextLink to="/runs/$runId" params={{ runId: model.run_id }} mt="sm" display="inline-block">All results of the run that trained it</TextLink>}
          </div>
        )}
        {model.task !== 'clustering' && model.task !== 'outlier_detection' && <ReasonsPanel model={model} />}
        <FeatureTable features={model.features} />
      </div>
      <DeleteModel model={model} opened={deleting} onClose={() => setDeleting(false)} />
    </>
  );
}

function DeleteModel({ model, opened, onClose }: { model: ModelView; opened: boolean; onClose: () => void }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteModel(model.id),
    onSuccess: async () => {
      notifications.show({ message: `${model.name} was deleted.` });
      await navigate({ to: '/models' });
      client.removeQueries({ queryKey: ['models', model.id] });
      await client.invalidateQueries({ queryKey: ['models'] });
    },
  });
  return (
    <ConfirmDialog
      opened={opened} title={`Delete ${model.name}?`} confirmLabel="Delete" busy={remove.isPending} error={remove.error}
      onConfirm={() => remove.mutate()} onClose={() => { remove.reset(); onClose(); }}
    >
      The model’s file is deleted from this server. The run that trained it stays, with its results. This cannot be undone; you can download the model first.
    </ConfirmDialog>
  );
}
