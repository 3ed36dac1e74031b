import { Kbd, useMantineColorScheme } from '@mantine/core';
import { Spotlight, spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconBox, IconDatabase, IconMoon, IconRocket, IconSearch, IconStack2, IconSun, IconTargetArrow } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { queries } from '@/api';
import { counted } from '@/components/format';
import { places } from './places';
import classes from './CommandPalette.module.css';

const shortcutName = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '\u2318 K' : 'Ctrl K';

export function PaletteButton() {
  return (
    <button type="button" className={classes.button} onClick={() => spotlight.open()} aria-keyshortcuts="Control+K Meta+K">
      <IconSearch size={15} aria-hidden />
      <span className={classes.text}>Search or go to</span>
      <Kbd size="xs" aria-hidden>{shortcutName}</Kbd>
    </button>
  );
}

/** The palette gives the focus back when it closes; the page that is gone to takes it after that. */
const focusIsBackInMilliseconds = 60;
const later = (move: () => unknown) => () => void setTimeout(move, focusIsBackInMilliseconds);

/** Goes anywhere by name: pages, datasets, runs, models, deployments. */
export function CommandPalette() {
  const [opened, setOpened] = useState(false);
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const datasets = useQuery({ ...queries.datasets(), enabled: opened });
  const runs = useQuery({ ...queries.runs(), enabled: opened });
  const models = useQuery({ ...queries.models(), enabled: opened });
  const registered = useQuery({ ...queries.registeredModels(), enabled: opened });
  const deployments = useQuery({ ...queries.deployments(), enabled: opened });

  const groups: SpotlightActionGroupData[] = [
    {
      group: 'Pages',
      actions: places.map(({ to, label, hint, icon: Icon }): SpotlightActionData => ({
        id: `page ${to}`, label, description: hint, leftSection: <Icon size={18} stroke={1.6} />, onClick: later(() => navigate({ to })),
      })),
    },
    {
      group: 'Datasets',
      actions: (datasets.data?.items ?? []).map((dataset) => ({
        id: `dataset ${dataset.id}`, label: dataset.name, description: counted(dataset.row_count, 'row'), leftSection: <IconDatabase size={18} stroke={1.6} />,
        onClick: later(() => navigate({ to: '/datasets/$datasetId', params: { datasetId: dataset.id } })),
      })),
    },
    {
      group: 'Runs',
      actions: (runs.data?.items ?? []).map((run) => ({
        id: `run ${run.id}`, label: run.name, description: run.dataset_name === '' ? 'reported by another program' : `on ${run.dataset_name}`, leftSection: <IconTargetArrow size={18} stroke={1.6} />,
        onClick: later(() => navigate({ to: '/runs/$runId', params: { runId: run.id } })),
      })),
    },
    {
      group: 'Models',
      actions: (models.data?.items ?? []).map((model) => ({
        id: `model ${model.id}`, label: model.name, description: `predicts ${model.target}`, leftSection: <IconBox size={18} stroke={1.6} />,
        onClick: later(() => navigate({ to: '/models/$modelId', params: { modelId: model.id } })),
      })),
    },
    {
      group: 'Registry',
      actions: (registered.data?.items ?? []).map((model) => ({
        id: `registered ${model.id}`, label: model.name, description: 'registered model', leftSection: <IconStack2 size={18} stroke={1.6} />,
        onClick: later(() => navigate({ to: '/registry/$name', params: { name: model.name }, search: { project: model.project } })),
      })),
    },
    {
      group: 'Deployments',
      actions: (deployments.data?.items ?? []).map((deployment) => ({
        id: `deployment ${deployment.id}`, label: deployment.name, description: 'answers predictions', leftSection: <IconRocket size={18} stroke={1.6} />,
        onClick: later(() => navigate({ to: '/deployments/$name', params: { name: deployment.name } })),
      })),
    },
    {
      group: 'Look',
      actions: [
        { id: 'light', label: 'Light colours', leftSection: <IconSun size={18} stroke={1.6} />, onClick: () => setColorScheme('light') },
        { id: 'dark', label: 'Dark colours', leftSection: <IconMoon size={18} stroke={1.6} />, onClick: () => setColorScheme('dark') },
      ],
    },
  ];

  return (
    <Spotlight
      actions={groups}
      shortcut={['mod + K', '/']}
      scrollable
      maxHeight={420}
      limit={40}
      overlayProps={{ backgroundOpacity: 0.35, blur: 2 }}
      highlightQuery
      nothingFound="Nothing has that name"
      searchProps={{ leftSection: <IconSearch size={18} stroke={1.6} />, placeholder: 'Go to a page, dataset, run, model or deployment', 'aria-label': 'Search' }}
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={() => setOpened(false)}
    />
  );
}
