import { doseTable, expect, finished, test, train, upload } from './strata';

test('a file is predicted: columns are matched, a near name is to be checked, a missing one is unknown', async ({ strictPage: page, request }) => {
  const id = await upload(request, 'doses.csv', doseTable(800));
  const { model_id: modelId } = await finished(request, await train(request, id, { target: 'sick', algorithm: 'gradient_boosting' }, 'Doses'));
  await page.goto(`/predict?model=${modelId}`);
  await page.getByText('Upload a file').click();
  const csv = 'patient,DOSE mg,age_yeers,sex,note\n1,95.5,25,f,\n2,12.5,77,m,"a, note"\n';
  await page.getByLabel('Drop a table here').setInputFiles({ name: 'new.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await expect(page.getByText('5 of 6 columns found in 2 rows', { exact: false })).toBeVisible();
  await expect(page.getByText('please check')).toBeVisible();
  await expect(page.getByText('missing', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Predict', exact: true }).click();
  const grid = page.getByRole('grid', { name: 'Predictions' });
  await expect(grid.getByRole('row')).toHaveCount(3);
  const answers = await grid.getByRole('gridcell').evaluateAll((cells) => cells.filter((cell) => cell.getAttribute('aria-colindex') === '2').map((cell) => cell.textContent));
  expect(new Set(answers).size).toBe(2);
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('heading', { name: 'Row 1' })).toBeVisible();
  await expect(page.getByRole('row', { name: /^Raw score/ })).toBeVisible();
});

test('a model that came with Strata is asked about a survey with the archive\u2019s own columns', async ({ strictPage: page, request }) => {
  const { items } = (await (await request.get('/api/models?count=100')).json()) as { items: { id: string; name: string }[] };
  const kepler = items.find(({ name }) => name === 'exoplanets_kepler')!;
  await page.goto(`/predict?model=${kepler.id}`);
  await page.getByLabel('Rows as CSV or JSON').fill('kepid,koi_period,koi_duration,koi_depth,koi_prad,koi_steff,koi_slogg,koi_srad\n10797460,9.488,2.9575,615.8,2.26,5455,4.467,0.927\n');
  await expect(page.getByText('The server recognises the tables of Kepler', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: 'Predict', exact: true }).click();
  await expect(page.getByText('Read as a table of Kepler', { exact: false })).toBeVisible();
  await expect(page.getByRole('row', { name: /^log_/ }).first()).toBeVisible();
});

test('rows that cannot be read are refused with what is wrong', async ({ strictPage: page, request }) => {
  const { items } = (await (await request.get('/api/models?count=100')).json()) as { items: { id: string }[] };
  await page.goto(`/predict?model=${items[0]!.id}`);
  await page.getByLabel('Rows as CSV or JSON').fill('a,b\n"never closed');
  await expect(page.getByRole('alert')).toContainText('never closed');
  await expect(page.getByRole('button', { name: 'Predict', exact: true })).toBeDisabled();
});
