import { expect, it } from 'vitest';
import { shares } from './shares';
import { deploymentName, modelTitle } from './words';

it('parts the traffic by weight among those that answer', () => {
  expect(shares([{ weight: 3, shadow: false }, { weight: 1, shadow: false }, { weight: 9, shadow: true }])).toEqual([0.75, 0.25, 0]);
});

it('gives nobody anything where no model answers', () => {
  expect(shares([{ weight: 0, shadow: false }, { weight: 9, shadow: true }])).toEqual([0, 0]);
});

it('makes a name for an address out of a model’s name', () => {
  expect(deploymentName('gradient boosting for sick')).toBe('gradient-boosting-for-sick');
  expect(deploymentName('  Größe/v2.1 ')).toBe('Gr-e-v2.1');
});

it('calls a model by name and version, and says when it is gone', () => {
  expect([modelTitle({ name: 'a', version: 1 }), modelTitle({ name: 'a', version: 2 }), modelTitle({ name: null, version: null })]).toEqual(['a', 'a (version 2)', 'a deleted model']);
});
