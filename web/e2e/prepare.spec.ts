import { doseTable, expect, expectAccessible, finished, test, upload } from './strata';

test('a training is prepared step by step, calibrated, decided by costs and given sets, and its run shows all of it', async ({ strictPage: page, request }) => {
  const id = await upload(request, 'prepared.csv', doseTable(900));
  await page.goto(`/train?dataset=${id}`);
  await page.getByRole('radio', { name: 'Logistic regression', exact: true }).click();

  await page.getByRole('button', { name: /^Preparation/ }).click();
  for (const step of ['Quantile scale', 'Impute neighbors']) {
    const add = page.getByRole('combobox', { name: /^Add (a|another) step$/ });
    // A click waits until the section has unfolded; the list of a field that is still moving stays hidden.
    await add.click();
    await add.fill(step);
    await page.getByRole('option', { name: step }).click();
  }

  await page.getByRole('button', { name: 'Move Impute neighbors up' }).click();
  const steps = page.getByRole('list', { name: 'Preparation steps' }).getByRole('listitem');
  await expect(steps.first()).toContainText('Impute neighbors');
  await page.getByRole('button', { name: /settings?, .* of Impute neighbors$/ }).click();
  await page.getByRole('textbox', { name: 'Neighbors', exact: true }).fill('0');
  await expect(page.getByText('Mend a setting of step 1, impute neighbors.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start training' })).toBeDisabled();
  await page.getByRole('textbox', { name: 'Neighbors', exact: true }).fill('3');

  await page.getByRole('button', { name: /^Probabilities and decisions/ }).click();
  await page.getByRole('combobox', { name: 'Calibrate probabilities' }).click();
  await page.getByRole('option', { name: 'Platt', exact: true }).click();
  await page.getByRole('radio', { name: 'The one that costs least' }).click();
  await page.getByRole('textbox', { name: 'Cost of calling true false', exact: true }).fill('5');
  await page.getByRole('textbox', { name: 'Sets of classes that cover' }).fill('90');
  await page.getByRole('textbox', { name: 'Cross-validation' }).fill('3');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Start training' }).click();

  await page.waitForURL(/\/runs\//);
  const { model_id: modelId } = await finished(request, new URL(page.url()).pathname.split('/').pop()!);
  await expect(page.getByText('Probabilities are calibrated (platt)', { exact: false }).first()).toBeVisible();
  await expect(page.getByText('Do the sets hold the truth?')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Truth held, by true class' }).getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: /^Cross-validation/ }).click();
  await expect(page.getByRole('group', { name: 'Cross-validation' }).getByRole('row', { name: /^Accuracy/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('tab', { name: 'Settings' }).click();
  await expect(page.getByRole('row', { name: /^Preparation/ })).toContainText('impute neighbors (neighbors=3), then quantile scale');
  await expect(page.getByRole('row', { name: /^Classes called/ })).toContainText('by costs: 0, 1 | 5, 0');

  await page.goto(`/predict?model=${modelId}`);
  await page.getByLabel('Rows as CSV or JSON').fill('patient,dose_mg,age_years,sex,ward,note\n1,95,25,f,ward 1,\n');
  await page.getByRole('button', { name: 'Predict', exact: true }).click();
  await expect(page.getByRole('columnheader', { name: 'May be' })).toBeVisible();
  await expect(page.getByText(/trained for, it is/)).toBeVisible();
});
