import { doseTable, expect, expectAccessible, finished, test, train, upload } from './strata';

test('from a run one sees the rows that it learned from and the deployment that answers with its model', async ({ strictPage: page, request }) => {
  const id = await upload(request, 'traced.csv', doseTable(300));
  const runId = await train(request, id, { target: 'sick', algorithm: 'decision_tree', drop: ['patient', 'note'] }, 'traced-tree');
  const { model_id: modelId } = await finished(request, runId);
  const made = await request.post('/api/deployments', { data: { name: 'traced', models: [{ model_id: modelId, weight: 1, shadow: false }] } });
  expect(made.ok(), await made.text()).toBe(true);

  await page.goto(`/runs/${runId}`);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Lineage' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lineage of traced-tree' })).toBeVisible();
  const things = page.getByRole('group', { name: 'Lineage' });
  await expect(things.getByRole('button', { name: /^Dataset/ })).toContainText('traced');
  await expect(things.getByRole('button', { name: /^Run/ })).toHaveAttribute('aria-pressed', 'true');
  await expectAccessible(page);
  await things.getByRole('button', { name: /^Deployment/ }).click();
  await expect(page.getByRole('heading', { name: 'Deployment traced' })).toBeVisible();
  await page.getByRole('link', { name: 'Open', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'traced' })).toBeVisible();
});
