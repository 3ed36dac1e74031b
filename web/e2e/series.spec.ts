import { expect, finished, test } from './strata';

/** A row for each step: 40 patients whose pulse rises or falls over 12 steps. */
function pulses(): string {
  const lines = ['patient,t,pulse,outcome'];
  for (let patient = 0; patient < 40; patient++) {
    const rises = patient % 2 === 0;
    for (let t = 0; t < 12; t++) {
      lines.push([`p${patient}`, t, (60 + (rises ? t : -t) + ((patient * 7 + t * 13) % 5) * 0.3).toFixed(2), rises ? 'ill' : 'well'].join(','));
    }
  }

  return `${lines.join('\n')}\n`;
}

test('a table with a row for each step is uploaded as series, and a tiny network learns from it', async ({ strictPage: page, request }) => {
  test.setTimeout(180_000);
  await page.goto('/datasets');
  await page.getByRole('checkbox', { name: 'One row is one step of a series' }).check();
  await page.getByLabel('Drop a table here').setInputFiles({ name: `pulses ${Date.now()}.csv`, mimeType: 'text/csv', buffer: Buffer.from(pulses()) });
  const form = page.getByRole('form', { name: 'Steps and series' });
  await expect(form.getByRole('button', { name: 'Upload as series' })).toBeDisabled();
  await form.getByRole('combobox', { name: 'One series is' }).click();
  await page.getByRole('option', { name: 'patient', exact: true }).click();
  await form.getByRole('combobox', { name: 'Its steps are ordered by' }).click();
  await page.getByRole('option', { name: 't', exact: true }).click();
  await form.getByRole('button', { name: 'Upload as series' }).click();

  await expect(page).toHaveURL(/\/datasets\/[^/]+$/, { timeout: 60_000 });
  await expect(page.getByText(/^40 rows/)).toBeVisible();
  const datasetId = /datasets\/([^?]+)/.exec(page.url())![1]!;
  const answer = await request.post('/api/runs', {
    data: { dataset_id: datasetId, name: 'Pulses', plan: { target: 'outcome', algorithm: 'cnn1d', drop: ['patient'], hyperparameters: { epochs: 2, filters: 4, class_weights: { ill: 2, well: 1 } } } },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  const { id } = (await answer.json()) as { id: string };
  await finished(request, id);
  await page.goto(`/runs/${id}`);
  await expect(page.getByText(/Measured on [\d,]+ test rows/)).toBeVisible();
});
