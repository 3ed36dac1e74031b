import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { draw } from '@/testing';
import { GateOutcomes } from './GateOutcomes';

it('says of each gate what was asked, what came of it and why', () => {
  draw(
    <GateOutcomes
      outcomes={[
        { kind: 'metric_floor', metric: 'accuracy', bound: 0.9, value: 0.85, verdict: 'failed', refuses: true, why: 'accuracy is 0.85.' },
        { kind: 'drift', metric: null, bound: 0.25, value: null, verdict: 'unknown', refuses: false, why: 'no rows were logged.' },
      ]}
    />,
  );
  expect(screen.getByText('Accuracy at least 0.9')).toBeVisible();
  expect(screen.getByText('Failed')).toBeVisible();
  expect(screen.getByText('accuracy is 0.85.')).toBeVisible();
  expect(screen.getByText('does not stand in the way')).toBeVisible();
});

it('says that there are none', () => {
  draw(<GateOutcomes outcomes={[]} />);
  expect(screen.getByText('No gates are set.')).toBeVisible();
});
