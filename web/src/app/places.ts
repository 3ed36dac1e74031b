import { IconArrowsSort, IconBox, IconDatabase, IconFlask, IconFlask2, IconHome, IconPlayerPlay, IconRocket, IconSparkles, IconStack2, IconTargetArrow, IconWand } from '@tabler/icons-react';

/** The page's rooms, in the order in which people go through them. */
export const places = [
  { to: '/', label: 'Home', icon: IconHome, hint: 'Where to start' },
  { to: '/datasets', label: 'Datasets', icon: IconDatabase, hint: 'Tables to learn from' },
  { to: '/find', label: 'Best model', icon: IconSparkles, hint: 'Try many algorithms in the time you give' },
  { to: '/train', label: 'Train', icon: IconPlayerPlay, hint: 'Start a training' },
  { to: '/compare', label: 'Compare', icon: IconArrowsSort, hint: 'Find out which algorithm suits a table' },
  { to: '/runs', label: 'Runs', icon: IconTargetArrow, hint: 'Trainings and their results' },
  { to: '/experiments', label: 'Experiments', icon: IconFlask, hint: 'Runs in named groups, searched' },
  { to: '/models', label: 'Models', icon: IconBox, hint: 'What was learned' },
  { to: '/registry', label: 'Registry', icon: IconStack2, hint: 'Versions of models on their way to production' },
  { to: '/deployments', label: 'Deployments', icon: IconRocket, hint: 'Names that answer predictions' },
  { to: '/ab-tests', label: 'A/B tests', icon: IconFlask2, hint: 'Which of two models is better' },
  { to: '/predict', label: 'Predict', icon: IconWand, hint: 'Ask a model about new rows' },
] as const;
