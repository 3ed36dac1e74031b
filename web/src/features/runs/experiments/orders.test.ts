import { expect, it } from 'vitest';
import type { RunView } from '@/api';
import { orders } from './orders';

it('offers each metric the way round that puts the best first', () => {
  const run = { metrics: { accuracy: 1, 'val/loss': 0.2 } } as unknown as RunView;
  expect(orders([run]).map(({ value }) => value)).toEqual(['', 'attributes.start_time ASC', 'attributes.run_name ASC', 'metrics."accuracy" DESC', 'metrics."val/loss" ASC']);
});
