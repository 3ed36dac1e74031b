import { readFileSync } from 'node:fs';
import { expect, test } from './strata';

interface Rows {
  columns: string[];
  rows: (string | null)[][];
}

test('from nothing to explained predictions: a simulated survey is made, profiled, trained on, watched, explained and predicted with', async ({ strictPage: page, request }) => {
  test.setTimeout(300_000);
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('From a table to predictions with reasons');
  await page.getByRole('button', { name: 'Make a simulated survey' }).click();

  await expect(page).toHaveURL(/\/datasets\/[^/]+$/, { timeout: 120_000 });
  await expect(page.getByText('Simulated data', { exact: true })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Columns', exact: true }).getByRole('listitem').first()).toBeVisible();
  await expect(page.getByRole('img', { name: /How the values of .* are spread/ }).first()).toBeVisible();
  await page.getByRole('tab', { name: 'Rows' }).click();
  await expect(page.getByRole('grid').getByRole('gridcell').nth(20)).not.toBeEmpty();
  const datasetId = /datasets\/([^?]+)/.exec(page.url())![1]!;

  await page.getByRole('link', { name: 'Train a model' }).click();
  await expect(page.getByText('This table looks like', { exact: false })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Column to predict' })).not.toHaveValue('');
  await page.getByLabel('Name of the run').fill('First light');
  await page.getByRole('button', { name: 'Start training' }).click();

  await expect(page).toHaveURL(/\/runs\/[^/]+$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('First light');
  await expect(page.getByText('Course of the training')).toBeVisible();
  await expect(page.getByText(/Measured on [\d,]+ test rows/)).toBeVisible({ timeout: 180_000 });
  const accuracy = Number.parseFloat(await page.locator('[data-metric=accuracy] dd').first().innerText());
  expect(accuracy).toBeGreaterThan(50);
  await expect(page.getByRole('region', { name: 'Confusion matrix' })).toBeVisible();
  await expect(page.getByRole('img', { name: /ROC curve/ })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Columns by importance' }).getByRole('listitem').first()).toBeVisible();
  await page.getByRole('radiogroup', { name: 'Importance by' }).getByText('Gain').click();
  await expect(page.getByText('lowered the training loss')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Columns by importance' }).getByRole('listitem').first()).toBeVisible();
  await expect(page.getByRole('table', { name: 'Strength of pairs of columns' }).getByTitle(/ and .*: /).first()).toBeVisible();

  await page.getByRole('tab', { name: 'Test rows and reasons' }).click();
  const explained = page.waitForResponse((response) => response.url().includes('/predictions'));
  await page.getByRole('grid', { name: 'Test rows' }).getByRole('gridcell').first().click();
  const { items: [reasoned] } = (await (await explained).json()) as { items: { bias: number; raw_scores: number[]; reasons: { contribution: number }[] }[] };
  const sum = reasoned!.reasons.reduce((total, reason) => total + reason.contribution, reasoned!.bias);
  expect(Math.min(...reasoned!.raw_scores.map((score) => Math.abs(Math.abs(score) - Math.abs(sum))))).toBeLessThan(1e-4);
  await expect(page.getByRole('row', { name: /^Raw score/ })).toBeVisible();

  const { columns, rows } = (await (await request.get(`/api/datasets/${datasetId}/rows?offset=0&count=3`)).json()) as Rows;
  await page.getByRole('link', { name: 'Predict' }).last().click();
  await expect(page).toHaveURL(/\/predict\?model=/);
  await page.getByLabel('Rows as CSV or JSON').fill([columns, ...rows].map((row) => row.map((cell) => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',')).join('\n'));
  await expect(page.getByText(/found in 3 rows/)).toBeVisible();
  await page.getByRole('button', { name: 'Predict', exact: true }).click();
  await expect(page.getByRole('grid', { name: 'Predictions' }).getByRole('row')).toHaveCount(4);
  await expect(page.getByRole('row', { name: /^Raw score/ })).toBeVisible();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download CSV' }).click();
  const lines = readFileSync(await (await saved).path(), 'utf8').trim().split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(/^row,(?:[^,]+,)*kepid,(?:[^,]+,)*prediction,p\(/);

  await page.goto('/');
  await expect(page.getByRole('link', { name: 'First light' })).toBeVisible();
});
