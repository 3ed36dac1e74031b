import { expect, it } from 'vitest';
import type { StepView } from '@/api';
import { addStep, afterPreparation, moveStep, preparationChoices, preparationPlan, preparationProblems, preparationSummary, removeStep, usualPreparation } from './preparation';

const setting = { min: null, max: null, choices: null, meaning: '', advanced: false, log_scale: false };
const known: StepView[] = [
  { name: 'scale', summary: '', settings: [{ ...setting, name: 'method', type: 'choice', default: 'standard', choices: ['standard', 'robust'] }] },
  { name: 'drop_columns', summary: '', settings: [{ ...setting, name: 'columns', type: 'names', default: [] }] },
  { name: 'bin', summary: '', settings: [{ ...setting, name: 'bins', type: 'integer', default: 10, min: 2, max: 1000 }] },
];

it('steps are added, moved and removed by key, and stay within their list', () => {
  const steps = addStep(addStep(addStep([], 'scale'), 'bin'), 'scale');
  expect(steps.map(({ key }) => key)).toEqual([1, 2, 3]);
  expect(moveStep(steps, 3, -1).map(({ key }) => key)).toEqual([1, 3, 2]);
  expect(moveStep(steps, 1, -1)).toEqual(steps);
  expect(moveStep(steps, 3, 1)).toEqual(steps);
  expect(addStep(removeStep(steps, 2), 'bin').map(({ key }) => key)).toEqual([1, 3, 4]);
});

it('no steps leave the plan to the algorithm; a step says only what differs from its defaults', () => {
  expect(preparationPlan([], known)).toBeNull();
  const steps = addStep(addStep([], 'scale', new Map([['method', 'robust']])), 'drop_columns', new Map([['columns', ['a|b', 'c']]]));
  expect(preparationPlan(steps, known)).toEqual([{ step: 'scale', settings: { method: 'robust' } }, { step: 'drop_columns', settings: { columns: ['a|b', 'c'] } }]);
  expect(preparationPlan(addStep([], 'scale', new Map([['method', 'standard']])), known)).toEqual([{ step: 'scale', settings: {} }]);
});

it('a plan made before comes back into the form', () => {
  const plan = [{ step: 'bin', settings: { bins: 4 } }, { step: 'drop_columns', settings: { columns: ['x'] } }];
  expect(preparationPlan(preparationChoices(plan), known)).toEqual(plan);
  expect(preparationChoices(null)).toEqual([]);
});

it('says which step has a setting to mend', () => {
  expect(preparationProblems(addStep(addStep([], 'scale'), 'bin', new Map([['bins', '1']])), known)).toEqual(['Mend a setting of step 2, bin.']);
});

it('tells in words what will be done', () => {
  expect(preparationSummary([])).toBe('As the algorithm usually needs it');
  expect(preparationSummary(addStep(addStep([], 'scale'), 'bin'))).toBe('scale, then bin');
  expect(usualPreparation(['drop_text'])).toBe('With this algorithm, columns of free text are left out.');
  expect(usualPreparation(['drop_text', 'one_hot', 'new_step'])).toBe('With this algorithm, columns of free text are left out, categories are spread into one column a level and new step.');
  expect(afterPreparation(true)).toContain('complete numbers');
});
