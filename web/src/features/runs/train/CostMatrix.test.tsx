import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { draw } from '@/testing';
import { CostMatrix } from './CostMatrix';

it('starts with every mistake alike and names each cost by what is true and what is called', async () => {
  const change = vi.fn();
  draw(<CostMatrix classNames={['healthy', 'sick']} costs={null} onChange={change} />);
  expect(screen.getByRole('textbox', { name: 'Cost of calling healthy healthy' })).toHaveValue('0');
  const missed = screen.getByRole('textbox', { name: 'Cost of calling sick healthy' });
  expect(missed).toHaveValue('1');
  await userEvent.type(missed, '5');
  expect(change).toHaveBeenLastCalledWith([[0, 1], [15, 0]]);
});
