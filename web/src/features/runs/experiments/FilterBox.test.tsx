import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { ProblemError } from '@/api';
import { draw } from '@/testing';
import { FilterBox } from './FilterBox';

const examples = [['metrics.loss < 0.2', 'by a metric']] as const;

it('asks with what was typed, and goes back to all', async () => {
  const onFilter = vi.fn();
  draw(<FilterBox label="Filter runs" placeholder="" filter="params.a = '1'" error={null} examples={examples} onFilter={onFilter} />);
  const field = screen.getByLabelText('Filter runs');
  await userEvent.clear(field);
  await userEvent.type(field, ' metrics.loss > 1 {enter}');
  expect(onFilter).toHaveBeenLastCalledWith('metrics.loss > 1');
  await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
  expect(onFilter).toHaveBeenLastCalledWith('');
});

it('says under the field what the server could not read', () => {
  draw(<FilterBox label="Filter runs" placeholder="" filter="metrics.loss <" error={new ProblemError('Bad request', 400, 'A value is missing behind <, at place 15.')} examples={examples} onFilter={() => undefined} />);
  expect(screen.getByLabelText('Filter runs')).toBeInvalid();
  expect(screen.getByText('A value is missing behind <, at place 15.')).toBeVisible();
});

it('does not blame the filter when the server is away', () => {
  draw(<FilterBox label="Filter runs" placeholder="" filter="a" error={new ProblemError('The server does not answer', 0, 'Try again.')} examples={examples} onFilter={() => undefined} />);
  expect(screen.getByLabelText('Filter runs')).toBeValid();
});
