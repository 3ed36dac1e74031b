import { doseTable, expect, expectAccessible, finished, test, train, upload } from './strata';

test('two models are chosen, combined by vote, and the ensemble stands beside its members', async ({ strictPage: page, request }) => {
  const id = await upload(request, 'combined.csv', doseTable(400));
  const plan = { target: 'sick', drop: ['patient', 'note'] };
  await finished(request, await train(request, id, { ...plan, algorithm: 'decision_tree' }, 'combined-tree'));
  await finished(request, await train(request, id, { ...plan, algorithm: 'logistic_regression' }, 'combined-linear'));

  await page.goto('/models');
  await page.getByRole('checkbox', { name: 'Choose combined-tree, version 1' }).check();
  await page.getByRole('checkbox', { name: 'Choose combined-linear, version 1' }).check();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Combine 2 models' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Combine models' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Dataset' })).toHaveValue('combined: 400 rows');
  await page.getByLabel('Weight of combined-linear').fill('3');
  await page.getByLabel('Name').fill('both together');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Combine them' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'both together' })).toBeVisible();
  const members = page.getByRole('region', { name: 'Its members' }).first();
  await expect(members.getByRole('link', { name: 'combined-linear' })).toBeVisible({ timeout: 60_000 });
  await expect(members).toContainText('75');
  await expectAccessible(page);
});
