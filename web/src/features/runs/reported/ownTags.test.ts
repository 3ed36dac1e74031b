import { expect, it } from 'vitest';
import { ownTags } from './ReportedRun';

it('shows what people noted, and of what a client notes by itself only what tells something', () => {
  const { note, tags } = ownTags({ team: 'red', 'mlflow.note.content': 'Second try.', 'mlflow.source.name': 'train.py', 'mlflow.log-model.history': '[{}]', 'mlflow.runName': 'a' });
  expect(note).toBe('Second try.');
  expect(tags).toEqual([['team', 'red'], ['program', 'train.py']]);
});

it('has neither where nothing was noted', () => {
  expect(ownTags({})).toEqual({ note: null, tags: [] });
});
