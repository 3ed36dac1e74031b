import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import type { HyperparameterView } from '@/api';
import { draw } from '@/testing';
import { HyperparameterForm } from './HyperparameterForm';
import type { FormValue } from './hyperparameters';

const parameters: HyperparameterView[] = [
  { name: 'learning_rate', type: 'number', default: 0.1, min: 0, max: 1, choices: null, meaning: 'How much of each tree is believed.', advanced: false, log_scale: true },
  { name: 'early_stopping', type: 'boolean', default: true, min: null, max: null, choices: null, meaning: 'Stop in time.', advanced: false, log_scale: false },
  { name: 'monotone', type: 'text', default: '', min: null, max: null, choices: null, meaning: 'Columns that only raise or lower the score.', advanced: false, log_scale: false },
  { name: 'leaf_weight', type: 'number', default: 1, min: 0, max: null, choices: null, meaning: 'The least weight.', advanced: true, log_scale: false },
];

function Form() {
  const [inputs, setInputs] = useState<ReadonlyMap<string, FormValue>>(new Map());
  return <HyperparameterForm parameters={parameters} inputs={inputs} onChange={setInputs} />;
}

it('makes a field for each setting, with its meaning and its default', () => {
  draw(<Form />);
  expect(screen.getByLabelText('Learning rate')).toHaveValue('0.1');
  expect(screen.getByText('How much of each tree is believed.')).toBeVisible();
  expect(screen.getByRole('switch', { name: /Early stopping/ })).toBeChecked();
});

it('takes text as text', async () => {
  draw(<Form />);
  const field = screen.getByLabelText('Monotone');
  expect(screen.getByText('Columns that only raise or lower the score.')).toBeVisible();
  expect(field).toHaveAttribute('placeholder', 'default: none');
  await userEvent.type(field, 'age:+1');
  expect(field).toHaveValue('age:+1');
});

it('says at once what is wrong, and goes back to the defaults', async () => {
  draw(<Form />);
  const field = screen.getByLabelText('Learning rate');
  await userEvent.clear(field);
  await userEvent.type(field, '7');
  expect(screen.getByText('7 is outside 0 to 1.')).toBeVisible();
  await userEvent.clear(field);
  await userEvent.type(field, '0.5');
  await userEvent.click(screen.getByRole('button', { name: 'Back to the defaults' }));
  expect(screen.getByLabelText('Learning rate')).toHaveValue('0.1');
});

it('keeps advanced settings out of the way until they are asked for', async () => {
  draw(<Form />);
  const more = screen.getByRole('button', { name: /1 advanced setting/ });
  expect(more).toHaveAttribute('aria-expanded', 'false');
  await userEvent.click(more);
  expect(more).toHaveAttribute('aria-expanded', 'true');
  expect(await screen.findByLabelText('Leaf weight')).toBeVisible();
});
