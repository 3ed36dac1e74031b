import { doseTable, expect, expectAccessible, finished, test, train, upload } from './strata';
import type { APIRequestContext } from '@playwright/test';

async function twoModels(request: APIRequestContext, name: string): Promise<[string, string]> {
  const id = await upload(request, `${name}.csv`, doseTable(400));
  const first = await finished(request, await train(request, id, { target: 'sick', algorithm: 'decision_tree', drop: ['patient', 'note'] }, `${name}-tree`));
  const second = await finished(request, await train(request, id, { target: 'sick', algorithm: 'logistic_regression', drop: ['patient', 'note'] }, `${name}-linear`));
  return [first.model_id, second.model_id];
}

test('a model is deployed from its page, asked, told an outcome, changed and rolled back', async ({ strictPage: page, request }) => {
  const [model] = await twoModels(request, 'deployed');
  await page.goto(`/models/${model}`);
  await page.getByRole('link', { name: 'Deploy', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Deploy a model' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('deployed-tree');
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'Name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('sick.v1');
  await page.getByRole('button', { name: 'Deploy it' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'sick.v1' })).toBeVisible();
  await expect(page.getByText('Nobody has asked it in this time')).toBeVisible();
  await expectAccessible(page);

  // A name with a full stop in it is an address of the page too.
  await page.reload();
  await page.getByRole('tab', { name: 'Try it' }).click();
  await page.getByLabel('dose_mg').click();
  await page.getByLabel('dose_mg').fill('95');
  await page.getByLabel('age_years').fill('25');
  await page.getByRole('button', { name: 'Predict', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Probabilities' })).toBeVisible();
  await expect(page.getByText('By deployed-tree of revision 1.', { exact: false })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('tab', { name: 'Traffic' }).click();
  await expect(page.getByRole('img', { name: 'Requests a minute' })).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);

  await page.getByRole('tab', { name: 'Predictions' }).click();
  const outcome = page.getByRole('combobox', { name: /^Outcome of the prediction/ });
  await expect(async () => {
    await page.getByRole('button', { name: 'Look again' }).click();
    await expect(outcome).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await outcome.selectOption({ index: 1 });
  await page.getByRole('button', { name: /^Tell the outcome/ }).click();
  await expect(page.getByText('The outcome is recorded.')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('tab', { name: 'Drift and quality' }).click();
  await expect(page.getByText('Of 1 prediction in this time the outcome is known.', { exact: false })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Change models' }).click();
  await page.getByRole('combobox', { name: 'Add a model' }).click();
  await page.getByRole('option', { name: /deployed-linear/ }).click();
  await page.getByRole('textbox', { name: 'Weight of deployed-linear' }).click();
  await page.getByRole('textbox', { name: 'Weight of deployed-linear' }).fill('3');
  await expect(page.getByText('75 %', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Serve this from now on' }).click();
  await expect(page.getByText('sick.v1 serves revision 2 now.')).toBeVisible();

  await page.getByRole('button', { name: 'Give deployed-linear all traffic' }).click();
  await page.getByRole('button', { name: 'Promote it' }).click();
  await expect(page.getByText('Revision 3: promoted', { exact: false })).toBeVisible();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('button', { name: 'Serve again revision 1' }).click();
  await page.getByRole('button', { name: 'Serve it again' }).click();
  await expect(page.getByText('Revision 4: rolled back', { exact: false })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Models' }).getByRole('link')).toHaveText(['deployed-tree']);
  await expectAccessible(page);
});

test('a new model is tried with a part of the traffic and promoted early', async ({ strictPage: page, request }) => {
  const [first] = await twoModels(request, 'tried');
  const made = await request.post('/api/deployments', { data: { name: 'trial', models: [{ model_id: first, weight: 1, shadow: false }] } });
  expect(made.ok(), await made.text()).toBe(true);
  await page.goto('/deployments');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'trial' }).click();
  await page.getByRole('button', { name: 'Try a new model' }).click();
  await page.getByRole('combobox', { name: 'Model' }).click();
  await page.getByRole('option', { name: /tried-linear/ }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Start the trial' }).click();
  await expect(page.getByText('tried-linear is on trial with 5 % of the traffic')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Give it all traffic now' }).click();
  await page.getByRole('button', { name: 'Promote it' }).click();
  await expect(page.getByText('is on trial with', { exact: false })).toHaveCount(0);
  await expect(page.getByRole('group', { name: 'Models' }).getByRole('link')).toHaveText(['tried-linear']);
});

test('an A/B test is started within a deployment, told outcomes and ended with a winner', async ({ strictPage: page, request }) => {
  const [first, second] = await twoModels(request, 'tested');
  const made = await request.post('/api/deployments', { data: { name: 'tested', models: [{ model_id: first, weight: 1, shadow: false }] } });
  expect(made.ok(), await made.text()).toBe(true);
  await page.goto('/deployments/tested');
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Start an A/B test' }).click();
  await expect(page.getByRole('combobox', { name: 'Model A' })).toHaveValue(/tested-tree/);
  await page.getByRole('combobox', { name: 'Model B' }).click();
  await page.getByRole('option', { name: /tested-linear/ }).click();
  await page.getByRole('button', { name: /Certainty and guardrails/ }).click();
  await page.getByRole('textbox', { name: 'Least outcomes of each model' }).click();
  await page.getByRole('textbox', { name: 'Least outcomes of each model' }).fill('20');
  // Answers take a fraction of a millisecond here, so that their ratio is chance.
  await page.getByRole('textbox', { name: 'B may be so many times as slow' }).click();
  await page.getByRole('textbox', { name: 'B may be so many times as slow' }).fill('100000');
  await page.getByLabel('Give the better model all traffic as soon as it is known').uncheck();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Start the test' }).click();
  await expect(page.getByRole('heading', { name: 'Not decided yet' })).toBeVisible();
  await expectAccessible(page);

  const outcomes: { prediction_id: string; outcome: string }[] = [];
  for (let user = 0; user < 160; user++) {
    const answer = await request.post('/api/deployments/tested/predictions', { data: { rows: [{ dose_mg: 50 + user / 4, age_years: 40, sex: 'f', ward: 'ward 1' }], user_id: `user ${user}` } });
    expect(answer.ok(), await answer.text()).toBe(true);
    const { model_id, prediction_ids, items } = (await answer.json()) as { model_id: string; prediction_ids: string[]; items: { prediction: string }[] };
    const said = items[0]!.prediction;
    outcomes.push({ prediction_id: prediction_ids[0]!, outcome: model_id === second || user % 3 === 0 ? said : said === 'true' ? 'false' : 'true' });
  }

  await expect.poll(async () => {
    const told = await request.post('/api/deployments/tested/outcomes', { data: { outcomes } });
    return ((await told.json()) as { unknown: string[] }).unknown.length;
  }).toBe(0);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'B wins' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'Difference over outcomes' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'End the test' }).click();
  await expect(page.getByRole('radio', { name: /All of it goes to B/ })).toBeChecked();
  await page.getByRole('button', { name: 'End it' }).click();
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible();
  await page.goto('/ab-tests');
  await expect(page.getByRole('row', { name: /tested/ })).toContainText('B wins');
  await expectAccessible(page);
  await page.goto('/deployments/tested');
  await expect(page.getByRole('group', { name: 'Models' }).getByRole('link')).toHaveText(['tested-linear']);
});
