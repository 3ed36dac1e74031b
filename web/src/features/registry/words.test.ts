import { expect, it } from 'vitest';
import { changedText, gateTitle, happening } from './words';

it('says a gate in words', () => {
  expect([
    gateTitle({ kind: 'metric_floor', metric: 'accuracy', bound: 0.9 }), gateTitle({ kind: 'not_worse', metric: 'roc_auc', bound: 0 }), gateTitle({ kind: 'latency', bound: 5 }), gateTitle({ kind: 'leak_audit' }),
  ]).toEqual(['Accuracy at least 0.9', 'ROC AUC not worse than in production', 'A row within 5 ms', 'No leak found']);
});

it('tells statuses in the history as people say them, and other values as they are', () => {
  expect([changedText('production'), changedText('champion'), changedText(null), happening('rolled_back').label, happening('new thing').label]).toEqual(['in production', 'champion', null, 'Rolled back', 'new thing']);
});
