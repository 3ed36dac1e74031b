import { doseTable, expect, expectAccessible, finished, test, train, upload } from './strata';

test('the report of a run opens as a page of its own, which runs nothing and is readable in light and dark', async ({ strictPage: page, request, context }) => {
  const id = await upload(request, 'doses.csv', doseTable(600));
  const runId = await train(request, id, { target: 'sick', algorithm: 'gradient_boosting', hyperparameters: { trees: 30 } }, 'Reported');
  await finished(request, runId);
  await page.goto(`/runs/${runId}`);
  await page.getByRole('button', { name: 'More actions' }).click();
  const opened = context.waitForEvent('page');
  await page.getByRole('menuitem', { name: 'Open the report' }).click();
  const report = await opened;
  await expect(report.getByRole('heading', { level: 1, name: 'Reported' })).toBeVisible();
  await expect(report.getByRole('img', { name: /Confusion matrix/ })).toBeVisible();
  await expect(report.getByRole('heading', { name: 'Model card' })).toBeVisible();

  // The same page from its file: there scripts may look at it.
  const text = await (await request.get(`/api/runs/${runId}/report`)).text();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.goto('about:blank');
    await page.emulateMedia({ colorScheme });
    await page.setContent(text);
    await expectAccessible(page);
  }
});
