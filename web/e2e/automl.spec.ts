import { doseTable, expect, expectAccessible, test, upload } from './strata';

test('the best model is looked for, seen to grow, finished early, and distilled to a small one', async ({ strictPage: page, request }) => {
  const id = await upload(request, 'best.csv', doseTable(500));
  await page.goto(`/datasets/${id}`);
  await page.getByRole('link', { name: 'Find the best model' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Find the best model' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Column to predict' }).fill('sick');
  await page.getByRole('option', { name: 'sick', exact: true }).click();
  await page.getByRole('radio', { name: 'Best', exact: true }).check();
  await page.getByLabel('Or exactly').fill('');
  await expect(page.getByText('Give the search at least 0.1 minutes.')).toBeVisible();
  await page.getByText('15 min', { exact: true }).click();
  await page.getByRole('button', { name: /Limits and families/ }).click();
  await page.getByRole('combobox', { name: 'Families' }).click();
  await page.getByRole('option', { name: 'Forests and trees' }).click();
  await page.keyboard.press('Escape');
  await page.getByLabel('Name of the run').fill('best of all');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Find the best model' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'best of all' })).toBeVisible();
  const growing = page.getByRole('region', { name: 'Leaderboard so far' }).first();
  await expect(growing.getByRole('rowheader', { name: 'logistic_regression' })).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Finish now' }).click();

  await page.getByRole('tab', { name: 'Leaderboard' }).click({ timeout: 90_000 });
  await expect(page.getByRole('region', { name: 'Leaderboard' }).first()).toContainText('The ensemble');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Distil to a small model' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'best of all, distilled' })).toBeVisible();
  const beside = page.getByRole('region', { name: 'Beside its teacher' }).first();
  await expect(beside.getByRole('link', { name: 'best of all' })).toBeVisible({ timeout: 60_000 });
  await expect(beside).toContainText('The small model');
});
