import type { ProjectRole } from '@/api';

export const showPassword = { 'aria-label': 'Show the password', tabIndex: 0, 'aria-hidden': false } as const;

export const passwordHint = 'At least 8 characters; any you like. Several words are easy to remember and hard to guess.';

/** What each role may do, in the order in which they grow. */
export const roles: { value: ProjectRole; label: string; meaning: string }[] = [
  { value: 'viewer', label: 'Viewer', meaning: 'looks, and asks models for predictions' },
  { value: 'trainer', label: 'Trainer', meaning: 'brings data, trains, deletes what was made' },
  { value: 'deployer', label: 'Deployer', meaning: 'puts models into production' },
  { value: 'admin', label: 'Admin', meaning: 'says who may do what in the project' },
];

export function roleLabel(role: ProjectRole) {
  return roles.find(({ value }) => value === role)?.label ?? role;
}
