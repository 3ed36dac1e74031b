import { doseTable, expect, expectAccessible, test, upload } from './strata';

test('algorithms are compared, ranked beside the best, and the chosen one is trained as it was compared', async ({ strictPage: page, request }) => {
  const id = await upload(request, 'compared.csv', doseTable(600));
  await page.goto(`/compare?dataset=${id}`);
  const algorithms = page.getByRole('group', { name: 'Algorithms to compare' });
  await expect(algorithms.getByRole('checkbox', { name: 'Gradient boosting', exact: true })).toBeChecked();
  await page.getByRole('button', { name: 'None', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Start comparison' })).toBeDisabled();
  await expect(page.getByText('Tick at least one algorithm.')).toBeVisible();
  await algorithms.getByRole('checkbox', { name: 'Logistic regression', exact: true }).click();
  await algorithms.getByRole('checkbox', { name: 'Decision tree', exact: true }).click();
  await page.getByRole('textbox', { name: 'Folds', exact: true }).fill('4');
  await page.getByRole('combobox', { name: 'Ranked by' }).click();
  await page.getByRole('option', { name: 'ROC AUC', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name of the comparison' }).fill('Which is best');
  await page.getByRole('button', { name: 'Start comparison' }).click();

  await expect(page).toHaveURL(/\/compare\/[^/]+$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Which is best');
  await expect(page.getByRole('heading', { name: 'From best to worst' })).toBeVisible({ timeout: 60_000 });
  const rows = page.getByRole('group', { name: 'Algorithms from best to worst' }).getByRole('row');
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(1)).toContainText('The best');
  await expect(page.getByRole('row', { name: /^Baseline/ })).toContainText('Clearly worse');
  await expect(page.getByRole('img', { name: /^Scores of Logistic regression: / })).toBeVisible();
  await expectAccessible(page);
  const report = await request.get((await page.getByRole('link', { name: 'Open the report' }).getAttribute('href'))!);
  expect(report.headers()['content-type']).toContain('text/html');
  expect(await report.text()).toContain('Which is best');

  await page.getByRole('link', { name: 'Train Logistic regression' }).click();
  await expect(page.getByRole('radio', { name: 'Logistic regression', exact: true })).toBeChecked();
  await expect(page.getByRole('combobox', { name: 'Column to predict' })).toHaveValue('sick');
  await page.goto('/compare');
  await expect(page.getByRole('link', { name: 'Which is best' }).first()).toBeVisible();
});

test('a comparison is watched fold by fold and cancelled', async ({ strictPage: page, request }) => {
  const id = await upload(request, 'long comparison.csv', doseTable(20_000));
  const answer = await request.post('/api/comparisons', { data: { dataset_id: id, plan: { target: 'sick' }, algorithms: ['decision_tree', 'gradient_boosting(trees=100000)'], name: 'Far too long' } });
  const { id: comparisonId } = (await answer.json()) as { id: string };
  await page.goto(`/compare/${comparisonId}`);
  await expect(page.getByRole('progressbar', { name: 'Progress of the comparison' })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Scores of Decision tree: / })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByText('This comparison was cancelled')).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole('img', { name: /^Scores of Decision tree: / })).toBeVisible();
});
