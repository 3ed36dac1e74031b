import { answer, server } from './client';
import type { RegistryPlace } from './queries';
import type {
  AbTestRequest, CanaryRequest, ColumnType, ComparisonRequest, DeployedModelRequest, DeploymentPredictions, DeploymentRequest, ModelVersionStatus, NewTokenRequest, NewUserRequest, OmicsEnsembleRequest, PredictionList,
  ProjectRole, PromotionRulesRequest, RunRequest, UserChangeRequest, VersionPromotionRequest,
} from './types';

export const startSource = (name: string) => answer(server.POST('/api/sources/{name}', { params: { path: { name } }, body: {} }));

export const overrideTypes = (id: string, types: ReadonlyMap<string, ColumnType>) =>
  answer(server.POST('/api/datasets/{id}/types', { params: { path: { id } }, body: { types: jsonObject(types) } }));

export const deleteDataset = (id: string) => answer(server.DELETE('/api/datasets/{id}', { params: { path: { id } } }));

export const startRun = (body: RunRequest) => answer(server.POST('/api/runs', { body }));

export const startComparison = (body: ComparisonRequest) => answer(server.POST('/api/comparisons', { body }));

export const makeCandidate = (id: string, name: string) => answer(server.POST('/api/ml/models/{id}/candidates/{name}', { params: { path: { id, name } }, body: { name: null } }));

/** Teaches one small model to answer as a large one does. */
export const distilModel = (id: string) => answer(server.POST('/api/ml/models/{id}/distil', { params: { path: { id } }, body: {} }));

export const combineModels = (body: OmicsEnsembleRequest) => answer(server.POST('/api/ml/ensemble/create', { body }));

export const cancelJob = (id: string) => answer(server.POST('/api/jobs/{id}/cancel', { params: { path: { id } } }));

export const pauseJob = (id: string) => answer(server.POST('/api/jobs/{id}/pause', { params: { path: { id } } }));

export const finishJob = (id: string) => answer(server.POST('/api/jobs/{id}/finish', { params: { path: { id } } }));

/** Goes on from the candidates of a search that has ended, with other settings, as a run of its own; the job's owner is that run. */
export const goOnSearching = (id: string, hyperparameters: Readonly<Record<string, unknown>>) =>
  answer(server.POST('/api/jobs/{id}/clone', { params: { path: { id } }, body: { plan: { hyperparameters } } }));

export const resumeJob = (id: string) => answer(server.POST('/api/jobs/{id}/resume', { params: { path: { id } } }));

export const deleteModel = (id: string) => answer(server.DELETE('/api/models/{id}', { params: { path: { id } } }));

export const createDeployment = (body: DeploymentRequest) => answer(server.POST('/api/deployments', { body }));

export const changeDeployment = (name: string, body: { models?: DeployedModelRequest[]; log_share?: number; note?: string | null }) =>
  answer(server.PATCH('/api/deployments/{name}', { params: { path: { name } }, body: { models: null, log_share: null, note: null, ...body } }));

export const deleteDeployment = (name: string) => answer(server.DELETE('/api/deployments/{name}', { params: { path: { name } } }));

export const promoteInDeployment = (name: string, modelId: string, note: string | null) =>
  answer(server.POST('/api/deployments/{name}/promote', { params: { path: { name } }, body: { model_id: modelId, note } }));

export const rollBackDeployment = (name: string, revision: number | null) =>
  answer(server.POST('/api/deployments/{name}/rollback', { params: { path: { name }, query: revision === null ? {} : { to_revision: revision } } }));

export const startCanary = (name: string, body: CanaryRequest) => answer(server.POST('/api/deployments/{name}/canary', { params: { path: { name } }, body }));

export const recordOutcome = (name: string, predictionId: string, outcome: CellValue) =>
  answer(server.POST('/api/deployments/{name}/outcomes', { params: { path: { name } }, body: { outcomes: [{ prediction_id: predictionId, outcome }] } }));

/** Asks a deployment about one row. */
export const predictByDeployment = async (name: string, row: ReadonlyMap<string, CellValue>, userId: string | null, explain: boolean) =>
  (await answer(server.POST('/api/deployments/{name}/predictions', {
    params: { path: { name } }, body: { rows: [jsonObject(row)], user_id: userId, explain },
  }))) as DeploymentPredictions;

export const startAbTest = (body: AbTestRequest) => answer(server.POST('/api/ab-tests', { body }));

export const stopAbTest = (name: string, winner: 'a' | 'b' | null) => answer(server.POST('/api/ab-tests/{name}/stop', { params: { path: { name } }, body: { winner } }));

export const deleteAbTest = (name: string) => answer(server.DELETE('/api/ab-tests/{name}', { params: { path: { name } } }));

const registered = ({ name, project }: RegistryPlace) => ({ path: { name }, query: project === undefined ? {} : { project } });

const registeredVersion = (place: RegistryPlace, version: number) => ({ ...registered(place), path: { name: place.name, version } });

export const registerVersion = (place: RegistryPlace, modelId: string, description: string | null) =>
  answer(server.POST('/api/registry/models/{name}/versions', { params: registered(place), body: { model_id: modelId, description } }));

export const setPromotionRules = (place: RegistryPlace, body: PromotionRulesRequest) => answer(server.PUT('/api/registry/models/{name}/rules', { params: registered(place), body }));

export const describeRegisteredModel = (place: RegistryPlace, description: string) => answer(server.PATCH('/api/registry/models/{name}', { params: registered(place), body: { description } }));

export const deleteRegisteredModel = (place: RegistryPlace) => answer(server.DELETE('/api/registry/models/{name}', { params: registered(place) }));

export const rollBackRegisteredModel = ({ name, project }: RegistryPlace, reason: string | null) =>
  answer(server.POST('/api/registry/models/{name}/rollback', { params: { path: { name }, query: { ...(project !== undefined && { project }), ...(reason !== null && { reason }) } } }));

export const promoteVersion = (place: RegistryPlace, version: number, body: VersionPromotionRequest) =>
  answer(server.POST('/api/registry/models/{name}/versions/{version}/promote', { params: registeredVersion(place, version), body }));

export const demoteVersion = (place: RegistryPlace, version: number, to: ModelVersionStatus, reason: string | null) =>
  answer(server.POST('/api/registry/models/{name}/versions/{version}/demote', { params: registeredVersion(place, version), body: { to, reason } }));

export const approveVersion = (place: RegistryPlace, version: number, approved: boolean, comment: string | null) =>
  answer(server.POST('/api/registry/models/{name}/versions/{version}/approvals', { params: registeredVersion(place, version), body: { approved, comment } }));

export const logIn = (name: string, password: string, code: string | null) => answer(server.POST('/api/session', { body: { name, password, tokens: false, code } }));

export const beginSecondFactor = () => answer(server.POST('/api/session/second-factor'));

export const turnOnSecondFactor = (code: string) => answer(server.POST('/api/session/second-factor/on', { body: { code } }));

export const turnOffSecondFactor = () => answer(server.DELETE('/api/session/second-factor'));

export const logOut = () => answer(server.DELETE('/api/session'));

export const setUp = (name: string, password: string, token: string | null) => answer(server.POST('/api/session/set-up', { body: { name, password, token } }));

export const confirmSession = (password: string) => answer(server.POST('/api/session/confirm', { body: { password } }));

export const setOwnPassword = (password: string, newPassword: string) => answer(server.POST('/api/session/password', { body: { password, new_password: newPassword } }));

export const createUser = (body: NewUserRequest) => answer(server.POST('/api/users', { body }));

export const changeUser = (id: string, body: UserChangeRequest) => answer(server.PATCH('/api/users/{id}', { params: { path: { id } }, body }));

export const deleteUser = (id: string) => answer(server.DELETE('/api/users/{id}', { params: { path: { id } } }));

export const createProject = (name: string, description: string) => answer(server.POST('/api/projects', { body: { name, description } }));

export const deleteProject = (id: string) => answer(server.DELETE('/api/projects/{id}', { params: { path: { id } } }));

export const setMember = (id: string, kind: 'user' | 'team', name: string, role: ProjectRole) => answer(server.PUT('/api/projects/{id}/members', { params: { path: { id } }, body: { name, role, kind } }));

export const removeMember = (id: string, kind: 'user' | 'team', member: string) => answer(kind === 'user'
  ? server.DELETE('/api/projects/{id}/members/users/{user}', { params: { path: { id, user: member } } })
  : server.DELETE('/api/projects/{id}/members/teams/{team}', { params: { path: { id, team: member } } }));

export const createTeam = (name: string) => answer(server.POST('/api/teams', { body: { name } }));

export const deleteTeam = (id: string) => answer(server.DELETE('/api/teams/{id}', { params: { path: { id } } }));

export const addToTeam = (id: string, user: string) => answer(server.PUT('/api/teams/{id}/members/{user}', { params: { path: { id, user } } }));

export const removeFromTeam = (id: string, user: string) => answer(server.DELETE('/api/teams/{id}/members/{user}', { params: { path: { id, user } } }));

export const createToken = (body: NewTokenRequest) => answer(server.POST('/api/tokens', { body }));

export const revokeToken = (id: string) => answer(server.DELETE('/api/tokens/{id}', { params: { path: { id } } }));

export type CellValue = string | number | boolean | null | readonly CellValue[];

export interface RowsToPredict {
  /** Column and value pairs of each row, in JSON's types. */
  rows?: readonly ReadonlyMap<string, CellValue>[];
  file?: File;
  /** Model column to table column, where the names differ. */
  mapping: ReadonlyMap<string, string>;
  explain: boolean;
}

export function predict(id: string, { rows, file, mapping, explain }: RowsToPredict, signal?: AbortSignal): Promise<PredictionList> {
  const params = { path: { id } };
  if (file === undefined) {
    return list(answer(server.POST('/api/models/{id}/predictions', {
      params, signal, body: { rows: (rows ?? []).map(jsonObject), explain, mapping: jsonObject(mapping) },
    })));
  }

  const form = new FormData();
  form.append('explain', String(explain));
  form.append('mapping', JSON.stringify(jsonObject(mapping)));
  form.append('file', file, file.name);
  // The document describes the form's fields; the form itself is built above, and the browser sets its content type.
  return list(answer(server.POST('/api/models/{id}/predictions', { params, signal, body: form as never, bodySerializer: (body) => body as unknown as FormData })));
}

/** The route can answer CSV too, to those who ask for it. */
async function list(answered: Promise<PredictionList | string>): Promise<PredictionList> {
  return (await answered) as PredictionList;
}

/** An object whose keys come from data: without a prototype, so that a column called `__proto__` is a column. */
export function jsonObject<V>(entries: ReadonlyMap<string, V>): { [name: string]: V } {
  const object = Object.create(null) as { [name: string]: V };
  for (const [name, value] of entries) {
    object[name] = value;
  }

  return object;
}

const segment = encodeURIComponent;

/** Addresses of downloads, for links. */
export const downloads = {
  datasetFile: (id: string) => `/api/datasets/${segment(id)}/file`,
  modelFile: (id: string) => `/api/models/${segment(id)}/file`,
  jobLog: (id: string) => `/api/jobs/${segment(id)}/log/file`,
  audit: '/api/audit/export',
  runReport: (id: string) => `/api/runs/${segment(id)}/report`,
  comparisonReport: (id: string) => `/api/comparisons/${segment(id)}/report`,
  artifact: (runId: string, name: string) => `/api/runs/${segment(runId)}/artifacts/${name.split('/').map(segment).join('/')}`,
};
