import { doseTable, expect, expectAccessible, finished, test, train, upload } from './strata';

test('a model is registered, held back by a gate, promoted, followed by another one and rolled back', async ({ strictPage: page, request }) => {
  const id = await upload(request, 'registered.csv', doseTable(400));
  const first = await finished(request, await train(request, id, { target: 'sick', algorithm: 'decision_tree', drop: ['patient', 'note'] }, 'registered-tree'));
  await finished(request, await train(request, id, { target: 'sick', algorithm: 'logistic_regression', drop: ['patient', 'note'] }, 'registered-linear'));

  // Another test may have registered something.
  await page.route('**/api/registry/models?*', (route) => route.fulfill({ json: { items: [], total: 0 } }), { times: 1 });
  await page.goto('/registry');
  await expect(page.getByText('Nothing is registered yet')).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/models/${first.model_id}`);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Register as a version' }).click();
  await page.getByRole('combobox', { name: 'Registered name' }).click();
  await page.getByRole('combobox', { name: 'Registered name' }).fill('sick people');
  await page.keyboard.press('Escape');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Register it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'sick people' })).toBeVisible();
  await expect(page.getByText('No gates are set.')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('tab', { name: 'Rules' }).click();
  await page.getByLabel('Deployment').click();
  await page.getByLabel('Deployment').fill('sick.production');
  await page.getByRole('button', { name: 'Add a gate' }).click();
  await page.getByLabel('At least, gate 1').click();
  await page.getByLabel('At least, gate 1').fill('1.5');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Set the rules' }).click();
  await expect(page.getByText('The rules are set.')).toBeVisible();

  await page.getByRole('tab', { name: 'Versions' }).click();
  await expect(page.getByText('Accuracy at least 1.5')).toBeVisible();
  await page.getByRole('button', { name: 'Promote to production' }).click();
  await expect(page.getByText('It would be refused now:')).toBeVisible();
  await page.getByRole('button', { name: 'Promote it' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Leave it' }).click();

  await page.getByRole('tab', { name: 'Rules' }).click();
  await page.getByLabel('At least, gate 1').click();
  await page.getByLabel('At least, gate 1').fill('0.5');
  await page.getByRole('button', { name: 'Set the rules' }).click();
  await page.getByRole('tab', { name: 'Versions' }).click();
  await expect(page.getByText('Passed', { exact: true })).toBeVisible();
  await page.getByLabel('What you say of it').click();
  await page.getByLabel('What you say of it').fill('Looks sound.');
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(page.getByText('Looks sound.')).toBeVisible();
  await page.getByRole('button', { name: 'Promote to production' }).click();
  await page.getByRole('button', { name: 'Promote it' }).click();
  await expect(page.getByText('Version 1 is in production.')).toBeVisible();
  await expect(page.getByText('serves what is in production.', { exact: false })).toBeVisible();

  await page.getByRole('link', { name: 'Register a version' }).click();
  await page.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: /registered-linear/ }).click();
  await expect(page.getByText('This name is there; the model becomes its next version.')).toBeVisible();
  await page.getByRole('button', { name: 'Register it' }).click();
  await expect(page.getByRole('button', { name: 'Version 2' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Promote to production' }).click();
  await page.getByRole('button', { name: 'Promote it' }).click();
  await expect(page.getByText('Version 2 is in production.')).toBeVisible();

  await page.getByRole('button', { name: 'Roll back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
  await expect(page.getByText('Version 1 is in production again.')).toBeVisible();
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByRole('group', { name: 'History' }).getByText('Rolled back').first()).toBeVisible();
  await page.getByRole('button', { name: 'What the gates said' }).first().click();
  await expect(page.getByText('Accuracy at least 0.5').first()).toBeVisible();
  await expectAccessible(page);
  await page.goto('/registry');
  await expect(page.getByRole('row', { name: /sick people/ })).toContainText('Version 1');
  await expectAccessible(page);
});
