import { expect, it } from 'vitest';
import { waterfallSteps } from './waterfallSteps';

const contributions = Array.from({ length: 30 }, (_, index) => ({ column: `column ${index}`, value: String(index), contribution: Math.sin(index * 7.3) * (index + 1) }));
const score = contributions.reduce((sum, one) => sum + one.contribution, -0.8);

it('every step begins where the one before ended, and the last stands at bias plus all contributions', () => {
  const steps = waterfallSteps(-0.8, contributions, 5);
  expect(steps[0]).toMatchObject({ kind: 'bias', to: -0.8 });
  for (let index = 1; index < steps.length - 1; index++) {
    expect(steps[index]!.from).toBe(steps[index - 1]!.to);
  }

  expect(steps.at(-1)!.kind).toBe('total');
  expect(steps.at(-1)!.to).toBeCloseTo(score, 10);
});

it('shows the strongest first and the others together', () => {
  const steps = waterfallSteps(0, contributions, 5);
  const sizes = steps.filter((step) => step.kind === 'column').map((step) => Math.abs(step.change));
  expect(sizes).toHaveLength(5);
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  expect(steps.find((step) => step.kind === 'rest')!.name).toBe('24 other columns');
});

it('a single column left over is shown by its name', () => {
  const steps = waterfallSteps(0, contributions.slice(1, 7), 5);
  expect(steps.filter((step) => step.kind === 'column')).toHaveLength(6);
  expect(steps.some((step) => step.kind === 'rest')).toBe(false);
});

it('a column that did nothing is not shown', () => {
  expect(waterfallSteps(1, [{ column: 'idle', value: null, contribution: 0 }]).map((step) => step.kind)).toEqual(['bias', 'total']);
});
