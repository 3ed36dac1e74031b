import { doseTable, expect, expectAccessible, finished, test, upload } from './strata';

test('a search is started from the form, and its run shows history, best settings, importance and all trials', async ({ strictPage: page, request }) => {
  const id = await upload(request, 'doses.csv', doseTable(600));
  await page.goto(`/train?dataset=${id}`);
  await page.getByText('Decision tree', { exact: true }).first().click();
  await page.getByRole('switch', { name: 'Search good settings first' }).click();
  await page.getByRole('textbox', { name: 'Trials' }).fill('8');
  await page.getByRole('textbox', { name: 'Folds' }).fill('3');
  await page.getByRole('button', { name: 'Start training' }).click();
  await page.waitForURL(/\/runs\//);
  await finished(request, new URL(page.url()).pathname.split('/').pop()!);
  await page.getByRole('tab', { name: 'Tuning' }).click();
  await expect(page.getByRole('heading', { name: 'Best hyperparameters' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'History of the search' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Hyperparameters by importance' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'Trials over all hyperparameters' })).toBeVisible();
  await expectAccessible(page);
});
