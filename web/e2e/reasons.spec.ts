import { doseTable, expect, expectAccessible, finished, test, train, upload } from './strata';

test('a model is asked about many rows, and about groups of them', async ({ strictPage: page, request }) => {
  const id = await upload(request, 'reasoned.csv', doseTable(300));
  const { model_id } = await finished(request, await train(request, id, { target: 'sick', drop: ['patient', 'note'], algorithm: 'decision_tree' }, 'reasoned-tree'));

  await page.goto(`/models/${model_id}`);
  const reasons = page.getByRole('region', { name: 'Reasons' });
  await reasons.getByText('Many rows').click();
  await expect(reasons.getByRole('img', { name: /^What moves the predictions of/ })).toBeVisible({ timeout: 30_000 });
  await expect(reasons).toContainText('they add up to the raw score');
  await reasons.getByText('Groups').click();
  await reasons.getByLabel('is at least').fill('50');
  await reasons.getByRole('button', { name: 'Compare with all others' }).click();
  await expect(reasons).toContainText('dose_mg at least 50', { timeout: 30_000 });
  await expectAccessible(page);
});
