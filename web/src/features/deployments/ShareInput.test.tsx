import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { draw } from '@/testing';
import { ShareInput } from './ShareInput';

function Form() {
  const [share, setShare] = useState(0.05);
  return <><ShareInput label="Part" share={share} onShare={setShare} /><output>{share}</output></>;
}

it('is typed in per cent and kept as a share', async () => {
  draw(<Form />);
  const field = screen.getByLabelText('Part');
  expect(field).toHaveValue('5 %');
  await userEvent.clear(field);
  await userEvent.type(field, '12.5');
  expect(screen.getByText('0.125')).toBeVisible();
});
