import type { ModelView } from '@/api';

/** A model in a list to choose from. */
export function modelLabel({ name, version, target }: Pick<ModelView, 'name' | 'version' | 'target'>): string {
  return `${name}${version > 1 ? ` (version ${version})` : ''}: predicts ${target}`;
}
