import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, server } from './client';
import { hasEnded } from './jobEvents';
import { asProblem } from './problem';
import { runStatus } from './runs';
import type { JobStatus, OmicsExplanationRequest, TableProfile } from './types';

const forever = Number.POSITIVE_INFINITY;
const busyInMilliseconds = 1_500;
const reportsInMilliseconds = 5_000;
const all = { query: { offset: 0, count: 1000 } };

export const health = () => queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => answer(server.GET('/api/health', { signal })),
  refetchInterval: (query) => (query.state.error === null ? 15_000 : 3_000),
  retry: false,
});

/** Who looks at the page, and what they may do. */
export const session = () => queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => answer(server.GET('/api/session', { signal })),
  staleTime: 60_000,
});

export const users = () => queryOptions({ queryKey: ['users'], queryFn: ({ signal }) => answer(server.GET('/api/users', { params: all, signal })) });

export const projects = () => queryOptions({ queryKey: ['projects'], queryFn: ({ signal }) => answer(server.GET('/api/projects', { params: all, signal })) });

export const projectMembers = (id: string) => queryOptions({
  queryKey: ['projects', id, 'members'],
  queryFn: ({ signal }) => answer(server.GET('/api/projects/{id}/members', { params: { path: { id }, ...all }, signal })),
});

export const teams = () => queryOptions({ queryKey: ['teams'], queryFn: ({ signal }) => answer(server.GET('/api/teams', { params: all, signal })) });

/** One's own tokens, or those of a service account by its name. */
export const tokens = (user: string | null = null) => queryOptions({
  queryKey: ['tokens', user],
  queryFn: ({ signal }) => answer(server.GET('/api/tokens', { params: { query: { ...all.query, ...(user !== null && { user }) } }, signal })),
});

export const auditPerPage = 100;

export const audit = (page: number) => queryOptions({
  queryKey: ['audit', page],
  queryFn: ({ signal }) => answer(server.GET('/api/audit', { params: { query: { offset: page * auditPerPage, count: auditPerPage } }, signal })),
  placeholderData: keepPreviousData,
});

export const auditCheck = () => queryOptions({ queryKey: ['audit', 'check'], queryFn: ({ signal }) => answer(server.GET('/api/audit/check', { signal })) });

export const algorithms = () => queryOptions({
  queryKey: ['algorithms'],
  queryFn: async ({ signal }) => (await answer(server.GET('/api/algorithms', { params: all, signal }))).items,
  staleTime: forever,
});

export const steps = () => queryOptions({
  queryKey: ['steps'],
  queryFn: async ({ signal }) => (await answer(server.GET('/api/steps', { params: all, signal }))).items,
  staleTime: forever,
});

export const metrics = () => queryOptions({
  queryKey: ['metrics'],
  queryFn: async ({ signal }) => (await answer(server.GET('/api/metrics', { params: all, signal }))).items,
  staleTime: forever,
});

export const presets = () => queryOptions({
  queryKey: ['presets'],
  queryFn: async ({ signal }) => (await answer(server.GET('/api/presets', { params: all, signal }))).items,
  staleTime: forever,
});

export const sources = () => queryOptions({
  queryKey: ['sources'],
  queryFn: async ({ signal }) => (await answer(server.GET('/api/sources', { params: all, signal }))).items,
  staleTime: forever,
});

export const datasets = () => queryOptions({
  queryKey: ['datasets'],
  queryFn: ({ signal }) => answer(server.GET('/api/datasets', { params: all, signal })),
  refetchInterval: (query) => (query.state.data?.items.some((dataset) => dataset.status === 'reading') ? busyInMilliseconds : false),
});

export const dataset = (id: string) => queryOptions({
  queryKey: ['datasets', id],
  queryFn: ({ signal }) => answer(server.GET('/api/datasets/{id}', { params: { path: { id } }, signal })),
  refetchInterval: (query) => (query.state.data?.status === 'reading' ? busyInMilliseconds : false),
});

export const rowsPerPage = 200;

export const datasetRows = (id: string, page: number) => queryOptions({
  queryKey: ['datasets', id, 'rows', page],
  queryFn: ({ signal }) => answer(server.GET('/api/datasets/{id}/rows', { params: { path: { id }, query: { offset: page * rowsPerPage, count: rowsPerPage, thinned: true } }, signal })),
  staleTime: forever,
});

export const profile = (id: string, target: string | null) => queryOptions({
  queryKey: ['datasets', id, 'profile', target],
  queryFn: async ({ signal }) =>
    (await answer(server.GET('/api/datasets/{id}/profile', { params: { path: { id }, query: target === null ? {} : { target } }, signal }))) as TableProfile,
  staleTime: forever,
  placeholderData: keepPreviousData,
});

export const runsPerPage = 100;

export type RunsState = 'busy' | 'completed' | 'broken';

/** The newest runs, of one experiment and state or of all. */
export const runs = (asked: { page?: number; experiment?: string | undefined; state?: RunsState | undefined } = {}) => queryOptions({
  queryKey: ['runs', 'list', asked],
  queryFn: ({ signal }) => answer(server.GET('/api/runs', {
    params: { query: { offset: (asked.page ?? 0) * runsPerPage, count: runsPerPage, ...(asked.experiment && { experiment_id: asked.experiment }), ...(asked.state && { state: asked.state }) } }, signal,
  })),
  refetchInterval: (query) => (query.state.data?.items.some((run) => !hasEnded(runStatus(run))) ? busyInMilliseconds : false),
  placeholderData: keepPreviousData,
});

/** One run. What another program reports tells of no events, so it is asked after until it has ended. */
export const run = (id: string) => queryOptions({
  queryKey: ['runs', id],
  queryFn: ({ signal }) => answer(server.GET('/api/runs/{id}', { params: { path: { id } }, signal })),
  refetchInterval: ({ state: { data } }) => (data?.reported && !hasEnded(runStatus(data)) ? reportsInMilliseconds : false),
});

/** Experiments that fit a filter, page by page. */
export const experiments = (filter: string) => infiniteQueryOptions({
  queryKey: ['experiments', 'search', filter],
  queryFn: ({ pageParam, signal }) => answer(server.GET('/api/experiments', { params: { query: searched(filter, pageParam) }, signal })),
  initialPageParam: '',
  getNextPageParam: (last) => last.next_page_token ?? undefined,
  retry: false,
  placeholderData: keepPreviousData,
});

export const experiment = (id: string) => queryOptions({
  queryKey: ['experiments', id],
  queryFn: ({ signal }) => answer(server.GET('/api/experiments/{id}', { params: { path: { id } }, signal })),
});

/** Runs of an experiment that fit a filter, page by page. */
export const searchedRuns = (id: string, filter: string, order: string) => infiniteQueryOptions({
  queryKey: ['runs', 'search', id, filter, order],
  queryFn: ({ pageParam, signal }) =>
    answer(server.GET('/api/experiments/{id}/runs', { params: { path: { id }, query: { ...searched(filter, pageParam), ...(order !== '' && { order_by: order }) } }, signal })),
  initialPageParam: '',
  getNextPageParam: (last) => last.next_page_token ?? undefined,
  retry: false,
  placeholderData: keepPreviousData,
});

function searched(filter: string, token: string) {
  return { count: runsPerPage, ...(filter.trim() !== '' && { filter }), ...(token !== '' && { page_token: token }) };
}

export const runMetrics = (id: string) => queryOptions({
  queryKey: ['runs', id, 'metrics'],
  queryFn: ({ signal }) => answer(server.GET('/api/runs/{id}/metrics', { params: { path: { id } }, signal })),
});

export const evaluation = (id: string) => queryOptions({
  queryKey: ['runs', id, 'evaluation'],
  queryFn: ({ signal }) => answer(server.GET('/api/runs/{id}/evaluation', { params: { path: { id } }, signal })),
  staleTime: forever,
});

export const tuning = (id: string) => queryOptions({
  queryKey: ['runs', id, 'tuning'],
  queryFn: ({ signal }) => answer(server.GET('/api/runs/{id}/tuning', { params: { path: { id } }, signal })),
  staleTime: forever,
});

export const comparisons = () => queryOptions({
  queryKey: ['comparisons'],
  queryFn: ({ signal }) => answer(server.GET('/api/comparisons', { params: all, signal })),
  refetchInterval: (query) => (query.state.data?.items.some((comparison) => !hasEnded(comparison.job.status)) ? busyInMilliseconds : false),
});

export const comparison = (id: string) => queryOptions({
  queryKey: ['comparisons', id],
  queryFn: ({ signal }) => answer(server.GET('/api/comparisons/{id}', { params: { path: { id } }, signal })),
});

export const comparisonScores = (id: string) => queryOptions({
  queryKey: ['comparisons', id, 'scores'],
  queryFn: ({ signal }) => answer(server.GET('/api/comparisons/{id}/scores', { params: { path: { id } }, signal })),
});

export const comparisonResult = (id: string) => queryOptions({
  queryKey: ['comparisons', id, 'result'],
  queryFn: ({ signal }) => answer(server.GET('/api/comparisons/{id}/result', { params: { path: { id } }, signal })),
  staleTime: forever,
});

export const testRowsPerPage = 200;

export const testRows = (id: string, order: 'row' | 'worst') => infiniteQueryOptions({
  queryKey: ['runs', id, 'rows', order],
  queryFn: ({ pageParam, signal }) =>
    answer(server.GET('/api/runs/{id}/rows', { params: { path: { id }, query: { offset: pageParam, count: testRowsPerPage, order } }, signal })),
  initialPageParam: 0,
  getNextPageParam: (last, pages) => {
    const loaded = pages.reduce((sum, page) => sum + page.items.length, 0);
    return last.items.length > 0 && loaded < last.total ? loaded : undefined;
  },
  staleTime: forever,
});

/** Why a model answers as it does, by one method. */
export const modelExplanation = (id: string, asked: OmicsExplanationRequest) => queryOptions({
  queryKey: ['models', id, 'explanation', asked],
  queryFn: ({ signal }) => answer(server.POST('/api/ml/models/{id}/explain', { params: { path: { id } }, body: { plots: false, ...asked }, signal })),
  staleTime: forever,
  retry: false,
});

/** All that an automatic model was chosen among. */
export const leaderboard = (id: string) => queryOptions({
  queryKey: ['models', id, 'leaderboard'],
  queryFn: ({ signal }) => answer(server.GET('/api/ml/models/{id}/leaderboard', { params: { path: { id } }, signal })),
  staleTime: forever,
});

/** The candidates of a search that have ended while it runs. */
export const studySoFar = (jobId: string, status: JobStatus) => queryOptions({
  queryKey: ['jobs', jobId, 'study'],
  queryFn: ({ signal }) => answer(server.GET('/api/ml/jobs/{id}/status', { params: { path: { id: jobId } }, signal })),
  refetchInterval: status === 'running' ? busyInMilliseconds : false,
});

/** How good a model is and what it was made of. */
export const modelResults = (id: string) => queryOptions({
  queryKey: ['models', id, 'results'],
  queryFn: ({ signal }) => answer(server.GET('/api/ml/models/{id}/results', { params: { path: { id } }, signal })),
  staleTime: forever,
});

export const artifacts = (id: string) => queryOptions({
  queryKey: ['runs', id, 'artifacts'],
  queryFn: async ({ signal }) => (await answer(server.GET('/api/runs/{id}/artifacts', { params: { path: { id }, ...all }, signal }))).items,
});

export const jobs = () => queryOptions({
  queryKey: ['jobs'],
  queryFn: ({ signal }) => answer(server.GET('/api/jobs', { params: { query: { offset: 0, count: 50 } }, signal })),
  refetchInterval: (query) => (query.state.data?.items.some((job) => !hasEnded(job.status)) ? 2_000 : 20_000),
  retry: false,
});

export const job = (id: string) => queryOptions({
  queryKey: ['jobs', id],
  queryFn: ({ signal }) => answer(server.GET('/api/jobs/{id}', { params: { path: { id } }, signal })),
  refetchInterval: (query) => (query.state.data === undefined || hasEnded(query.state.data.status) ? false : busyInMilliseconds),
});

export const jobLog = (id: string) => queryOptions({
  queryKey: ['jobs', id, 'log'],
  queryFn: ({ signal }) => answer(server.GET('/api/jobs/{id}/log', { params: { path: { id }, query: { after: 0 } }, signal })),
});

export const models = () => queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) => answer(server.GET('/api/models', { params: all, signal })),
});

export const model = (id: string) => queryOptions({
  queryKey: ['models', id],
  queryFn: ({ signal }) => answer(server.GET('/api/models/{id}', { params: { path: { id } }, signal })),
});

const trafficInMilliseconds = 15_000;

export const deployments = () => queryOptions({
  queryKey: ['deployments'],
  queryFn: ({ signal }) => answer(server.GET('/api/deployments', { params: all, signal })),
});

export const deployment = (name: string) => queryOptions({
  queryKey: ['deployments', name],
  queryFn: ({ signal }) => answer(server.GET('/api/deployments/{name}', { params: { path: { name } }, signal })),
  // A trial ends by itself, and an A/B test changes the weights when it is decided.
  refetchInterval: trafficInMilliseconds,
});

export const deploymentHistory = (name: string) => queryOptions({
  queryKey: ['deployments', name, 'history'],
  queryFn: ({ signal }) => answer(server.GET('/api/deployments/{name}/history', { params: { path: { name }, query: { offset: 0, count: 200 } }, signal })),
});

export const deploymentTraffic = (name: string, hours: number) => queryOptions({
  queryKey: ['deployments', name, 'traffic', hours],
  queryFn: ({ signal }) => answer(server.GET('/api/deployments/{name}/traffic', { params: { path: { name }, query: { hours } }, signal })),
  refetchInterval: trafficInMilliseconds,
  placeholderData: keepPreviousData,
});

export const drift = (name: string, hours: number, modelId: string) => queryOptions({
  queryKey: ['deployments', name, 'drift', hours, modelId],
  queryFn: ({ signal }) => answer(server.GET('/api/deployments/{name}/drift', { params: { path: { name }, query: { hours, model_id: modelId } }, signal })),
  staleTime: 30_000,
});

export const performance = (name: string, hours: number, modelId: string) => queryOptions({
  queryKey: ['deployments', name, 'performance', hours, modelId],
  queryFn: ({ signal }) => answer(server.GET('/api/deployments/{name}/performance', { params: { path: { name }, query: { hours, model_id: modelId } }, signal })),
  staleTime: 30_000,
});

export const loggedPredictions = (name: string, hours: number) => queryOptions({
  queryKey: ['deployments', name, 'predictions', hours],
  queryFn: ({ signal }) => answer(server.GET('/api/deployments/{name}/predictions', { params: { path: { name }, query: { hours, count: 200 } }, signal })),
});

export const abTests = () => queryOptions({
  queryKey: ['ab-tests'],
  queryFn: ({ signal }) => answer(server.GET('/api/ab-tests', { params: all, signal })),
});

export const abTest = (name: string) => queryOptions({
  queryKey: ['ab-tests', name],
  queryFn: ({ signal }) => answer(server.GET('/api/ab-tests/{name}', { params: { path: { name } }, signal })),
  refetchInterval: (query) => (query.state.data?.status === 'running' ? trafficInMilliseconds : false),
});

export const abTestCourse = (name: string) => queryOptions({
  queryKey: ['ab-tests', name, 'course'],
  queryFn: ({ signal }) => answer(server.GET('/api/ab-tests/{name}/course', { params: { path: { name } }, signal })),
  refetchInterval: trafficInMilliseconds,
});

export const registeredModels = () => queryOptions({
  queryKey: ['registry'],
  queryFn: ({ signal }) => answer(server.GET('/api/registry/models', { params: all, signal })),
});

/** Where a registered model is: its name counts within a project, which null leaves out where there is only one. */
export interface RegistryPlace {
  name: string;
  project: string | undefined;
}

const inProject = (project: string | undefined) => (project === undefined ? {} : { project });

export const registeredModel = ({ name, project }: RegistryPlace) => queryOptions({
  queryKey: ['registry', name, project],
  queryFn: ({ signal }) => answer(server.GET('/api/registry/models/{name}', { params: { path: { name }, query: inProject(project) }, signal })),
});

export const modelVersions = ({ name, project }: RegistryPlace) => queryOptions({
  queryKey: ['registry', name, project, 'versions'],
  queryFn: ({ signal }) => answer(server.GET('/api/registry/models/{name}/versions', { params: { path: { name }, query: { ...all.query, ...inProject(project) } }, signal })),
});

export const promotionCheck = ({ name, project }: RegistryPlace, version: number) => queryOptions({
  queryKey: ['registry', name, project, 'gates', version],
  queryFn: ({ signal }) => answer(server.GET('/api/registry/models/{name}/versions/{version}/gates', { params: { path: { name, version }, query: inProject(project) }, signal })),
});

export const registryHistory = ({ name, project }: RegistryPlace) => queryOptions({
  queryKey: ['registry', name, project, 'history'],
  queryFn: ({ signal }) => answer(server.GET('/api/registry/models/{name}/history', { params: { path: { name }, query: { offset: 0, count: 200, ...inProject(project) } }, signal })),
});

export const productionAt = ({ name, project }: RegistryPlace, at: string) => queryOptions({
  queryKey: ['registry', name, project, 'production', at],
  queryFn: ({ signal }) => answer(server.GET('/api/registry/models/{name}/production', { params: { path: { name }, query: { at, ...inProject(project) } }, signal })),
});

export const lineage = (kind: string, id: string) => queryOptions({
  queryKey: ['lineage', kind, id],
  queryFn: ({ signal }) => answer(server.GET('/api/lineage', { params: { query: { kind, id } }, signal })),
});

/** A refusal does not get better by asking again; a lost connection does. */
export function worthRetrying(failureCount: number, error: unknown) {
  const { status } = asProblem(error);
  return failureCount < 2 && (status === 0 || status >= 500);
}
