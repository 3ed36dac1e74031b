import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import type { StepView } from '@/api';
import { draw } from '@/testing';
import { addStep, type StepChoice } from './preparation';
import { PreparationChoice } from './PreparationChoice';

const setting = { min: null, max: null, choices: null, meaning: 'To which scale.', advanced: false, log_scale: false };
const known: StepView[] = [
  { name: 'scale', summary: 'Brings numbers to a common scale.', settings: [{ ...setting, name: 'method', type: 'text', default: 'standard' }] },
  { name: 'drop_columns', summary: 'Leaves out columns by name.', settings: [{ ...setting, name: 'columns', type: 'names', default: [] }] },
];

function Editor({ first = [] }: { first?: StepChoice[] }) {
  const [steps, setSteps] = useState<StepChoice[]>(first);
  return <PreparationChoice known={known} steps={steps} columns={['age', 'dose']} algorithm={null} onChange={setSteps} />;
}

it('starts folded with what holds, and adds a step by what it does', async () => {
  draw(<Editor />);
  const head = screen.getByRole('button', { name: /^Preparation/ });
  expect(head).toHaveAttribute('aria-expanded', 'false');
  expect(head).toHaveTextContent('As the algorithm usually needs it');
  await userEvent.click(head);
  await userEvent.type(screen.getByRole('combobox', { name: 'Add a step' }), 'by name');
  await userEvent.click(await screen.findByRole('option', { name: /Drop columns/ }));
  const step = within(screen.getByRole('list', { name: 'Preparation steps' })).getByRole('listitem');
  expect(step).toHaveTextContent('Leaves out columns by name.');
  expect(screen.getByRole('combobox', { name: 'Columns' })).toBeVisible();
});

it('moves and removes steps by buttons with names', async () => {
  draw(<Editor first={addStep(addStep([], 'scale'), 'drop_columns')} />);
  const names = () => within(screen.getByRole('list', { name: 'Preparation steps' })).getAllByRole('listitem').map((item) => item.textContent?.slice(0, 8));
  expect(screen.getByRole('button', { name: 'Move Scale up' })).toBeDisabled();
  await userEvent.click(screen.getByRole('button', { name: 'Move Scale down' }));
  expect(names()).toEqual(['1.Drop c', '2.Scale' + 'B']);
  await userEvent.click(screen.getByRole('button', { name: 'Remove Drop columns' }));
  expect(names()).toEqual(['1.Scale' + 'B']);
});
