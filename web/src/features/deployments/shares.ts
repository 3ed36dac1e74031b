import type { DeployedModelRequest } from '@/api';

/** A model to serve, with what people call it. */
export interface Weighted extends DeployedModelRequest {
  title: string;
}

/** Which part of the traffic each model gets; shadows get none. */
export function shares(models: readonly Pick<DeployedModelRequest, 'weight' | 'shadow'>[]): number[] {
  const all = models.reduce((sum, { weight, shadow }) => sum + (shadow ? 0 : weight), 0);
  return models.map(({ weight, shadow }) => (shadow || all === 0 ? 0 : weight / all));
}
