import { doseTable, expect, finished, test, train, upload } from './strata';

test('a training is watched and cancelled', async ({ strictPage: page, request }) => {
  const id = await upload(request, 'long.csv', doseTable(20_000));
  const { items: algorithms } = (await (await request.get('/api/algorithms?count=100')).json()) as { items: { name: string; hyperparameters: { name: string; type: string; max: number | null }[] }[] };
  const boosting = algorithms.find(({ name }) => name === 'gradient_boosting')!;
  const trees = boosting.hyperparameters.find(({ name, type }) => type === 'integer' && /tree|round|iteration/.test(name))!;
  const runId = await train(request, id, { target: 'sick', algorithm: boosting.name, hyperparameters: { [trees.name]: Math.min(trees.max ?? 100_000, 100_000) } }, 'Far too long');
  await page.goto(`/runs/${runId}`);
  await expect(page.getByText('Running', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('progressbar', { name: 'Progress of the training' })).toBeVisible();
  await expect(page.getByRole('img', { name: / by iteration$/ }).first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('This training was cancelled')).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText('It left no model.', { exact: false })).toBeVisible();
});

test('a threshold is moved, and its counts follow', async ({ strictPage: page, request }) => {
  const id = await upload(request, 'doses.csv', doseTable(1500));
  const runId = await train(request, id, { target: 'sick', algorithm: 'gradient_boosting' }, 'Threshold');
  await finished(request, runId);
  await page.goto(`/runs/${runId}`);
  const slider = page.getByRole('slider', { name: 'Threshold' });
  await expect(slider).toBeVisible();
  const recall = page.locator('[data-fact=recall]');
  const before = Number.parseFloat(await recall.innerText());
  await slider.focus();
  for (let step = 0; step < 45; step++) {
    await page.keyboard.press('ArrowRight');
  }

  await expect(page.getByText('0.95', { exact: true }).first()).toBeVisible();
  expect(Number.parseFloat(await recall.innerText())).toBeLessThan(before);
});

test('a number is predicted: dots along the line, errors around zero', async ({ strictPage: page, request }) => {
  const id = await upload(request, 'doses.csv', doseTable(1500));
  const runId = await train(request, id, { target: 'dose_mg', algorithm: 'ridge' }, 'A number');
  await finished(request, runId);
  await page.goto(`/runs/${runId}`);
  await expect(page.getByRole('img', { name: /Predicted against actual/ })).toBeVisible();
  await expect(page.getByRole('img', { name: 'How errors are spread' })).toBeVisible();
});
