import type { DeployedModel, DeploymentChange } from '@/api';

export const changeNames: Record<DeploymentChange, string> = {
  created: 'Made',
  changed: 'Changed',
  promoted: 'Promoted',
  rolled_back: 'Rolled back',
  canary_started: 'Trial started',
  canary_passed: 'Trial passed',
  canary_failed: 'Trial failed',
  test_decided: 'A/B test decided',
};

export const changeColors: Record<DeploymentChange, string> = {
  created: 'gray', changed: 'gray', promoted: 'teal', rolled_back: 'orange', canary_started: 'indigo', canary_passed: 'teal', canary_failed: 'red', test_decided: 'teal',
};

/** A deployed model as people know it. */
export function modelTitle({ name, version }: Pick<DeployedModel, 'name' | 'version'>): string {
  return name === null ? 'a deleted model' : version !== null && version > 1 ? `${name} (version ${version})` : name;
}

/** A name as it may stand in an address; what is in the way becomes a hyphen. */
export function deploymentName(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 100);
}
