import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Doorway } from './Doorway';
import { NotFound } from './NotFound';
import { PageCrash } from './PageCrash';

const root = createRootRoute({ component: Doorway });

/** Search values are ids, so they stay text: the router's own reading would make a number of `12e5`. */
function textSearch<K extends string>(...keys: K[]) {
  return (search: Record<string, unknown>): Partial<Record<K, string>> => {
    const known: Partial<Record<K, string>> = {};
    for (const key of keys) {
      const value = search[key];
      if (typeof value === 'string' && value !== '') {
        known[key] = value;
      }
    }

    return known;
  };
}

const routes = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/', component: lazyRouteComponent(() => import('@/features/home/HomePage'), 'HomePage') }),
  createRoute({ getParentRoute: () => root, path: '/datasets', component: lazyRouteComponent(() => import('@/features/datasets/DatasetsPage'), 'DatasetsPage') }),
  createRoute({
    getParentRoute: () => root, path: '/datasets/$datasetId', validateSearch: textSearch('tab'),
    component: lazyRouteComponent(() => import('@/features/datasets/DatasetPage'), 'DatasetPage'),
  }),
  createRoute({
    getParentRoute: () => root, path: '/train', validateSearch: textSearch('dataset', 'comparison', 'algorithm', 'run'),
    component: lazyRouteComponent(() => import('@/features/runs/train/TrainPage'), 'TrainPage'),
  }),
  createRoute({
    getParentRoute: () => root, path: '/find', validateSearch: textSearch('dataset'),
    component: lazyRouteComponent(() => import('@/features/runs/automl/FindPage'), 'FindPage'),
  }),
  createRoute({
    getParentRoute: () => root, path: '/compare', validateSearch: textSearch('dataset'),
    component: lazyRouteComponent(() => import('@/features/runs/compare/ComparePage'), 'ComparePage'),
  }),
  createRoute({ getParentRoute: () => root, path: '/compare/$comparisonId', component: lazyRouteComponent(() => import('@/features/runs/compare/ComparisonPage'), 'ComparisonPage') }),
  createRoute({
    getParentRoute: () => root, path: '/runs', validateSearch: textSearch('experiment'),
    component: lazyRouteComponent(() => import('@/features/runs/RunsPage'), 'RunsPage'),
  }),
  createRoute({
    getParentRoute: () => root, path: '/runs/compare', validateSearch: textSearch('runs'),
    component: lazyRouteComponent(() => import('@/features/runs/reported/CompareRunsPage'), 'CompareRunsPage'),
  }),
  createRoute({
    getParentRoute: () => root, path: '/experiments', validateSearch: textSearch('filter'),
    component: lazyRouteComponent(() => import('@/features/runs/experiments/ExperimentsPage'), 'ExperimentsPage'),
  }),
  createRoute({
    getParentRoute: () => root, path: '/experiments/$experimentId', validateSearch: textSearch('filter', 'order'),
    component: lazyRouteComponent(() => import('@/features/runs/experiments/ExperimentPage'), 'ExperimentPage'),
  }),
  createRoute({
    getParentRoute: () => root, path: '/runs/$runId', validateSearch: textSearch('tab'),
    component: lazyRouteComponent(() => import('@/features/runs/RunPage'), 'RunPage'),
  }),
  createRoute({ getParentRoute: () => root, path: '/models', component: lazyRouteComponent(() => import('@/features/models/ModelsPage'), 'ModelsPage') }),
  createRoute({
    getParentRoute: () => root, path: '/combine', validateSearch: textSearch('models'),
    component: lazyRouteComponent(() => import('@/features/models/combine/CombinePage'), 'CombinePage'),
  }),
  createRoute({ getParentRoute: () => root, path: '/models/$modelId', component: lazyRouteComponent(() => import('@/features/models/ModelPage'), 'ModelPage') }),
  createRoute({ getParentRoute: () => root, path: '/deployments', component: lazyRouteComponent(() => import('@/features/deployments/DeploymentsPage'), 'DeploymentsPage') }),
  createRoute({
    getParentRoute: () => root, path: '/deployments/$name', validateSearch: textSearch('tab'),
    component: lazyRouteComponent(() => import('@/features/deployments/DeploymentPage'), 'DeploymentPage'),
  }),
  createRoute({
    getParentRoute: () => root, path: '/deploy', validateSearch: textSearch('model'),
    component: lazyRouteComponent(() => import('@/features/deployments/DeployPage'), 'DeployPage'),
  }),
  createRoute({ getParentRoute: () => root, path: '/ab-tests', component: lazyRouteComponent(() => import('@/features/abtests/AbTestsPage'), 'AbTestsPage') }),
  createRoute({
    getParentRoute: () => root, path: '/start-ab-test', validateSearch: textSearch('deployment'),
    component: lazyRouteComponent(() => import('@/features/abtests/NewAbTestPage'), 'NewAbTestPage'),
  }),
  createRoute({ getParentRoute: () => root, path: '/ab-tests/$name', component: lazyRouteComponent(() => import('@/features/abtests/AbTestPage'), 'AbTestPage') }),
  createRoute({ getParentRoute: () => root, path: '/registry', component: lazyRouteComponent(() => import('@/features/registry/RegistryPage'), 'RegistryPage') }),
  createRoute({
    getParentRoute: () => root, path: '/registry/$name', validateSearch: textSearch('project', 'version', 'tab'),
    component: lazyRouteComponent(() => import('@/features/registry/RegisteredModelPage'), 'RegisteredModelPage'),
  }),
  createRoute({
    getParentRoute: () => root, path: '/register', validateSearch: textSearch('model', 'name', 'project'),
    component: lazyRouteComponent(() => import('@/features/registry/RegisterPage'), 'RegisterPage'),
  }),
  createRoute({
    getParentRoute: () => root, path: '/lineage', validateSearch: textSearch('kind', 'id'),
    component: lazyRouteComponent(() => import('@/features/lineage/LineagePage'), 'LineagePage'),
  }),
  createRoute({ getParentRoute: () => root, path: '/account', component: lazyRouteComponent(() => import('@/features/accounts/AccountPage'), 'AccountPage') }),
  createRoute({
    getParentRoute: () => root, path: '/admin', validateSearch: textSearch('tab'),
    component: lazyRouteComponent(() => import('@/features/accounts/AdminPage'), 'AdminPage'),
  }),
  createRoute({
    getParentRoute: () => root, path: '/predict', validateSearch: textSearch('model'),
    component: lazyRouteComponent(() => import('@/features/predict/PredictPage'), 'PredictPage'),
  }),
]);

export const router = createRouter({
  routeTree: routes,
  defaultPreload: 'intent',
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: PageCrash,
  scrollRestoration: true,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string')).toString();
    return text === '' ? '' : `?${text}`;
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
