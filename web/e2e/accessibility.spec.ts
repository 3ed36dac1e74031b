import { doseTable, expect, expectAccessible, finished, test, train, upload } from './strata';

test('every page, in both colour schemes, passes axe', async ({ strictPage: page, request }) => {
  test.setTimeout(300_000);
  const datasetId = await upload(request, 'doses.csv', doseTable(800));
  const runId = await train(request, datasetId, { target: 'sick', algorithm: 'gradient_boosting' }, 'Checked by axe');
  const { model_id: modelId } = await finished(request, runId);
  const places = [
    '/', '/datasets', `/datasets/${datasetId}`, `/datasets/${datasetId}?tab=rows`, `/train?dataset=${datasetId}`, `/compare?dataset=${datasetId}`, '/runs', `/runs/${runId}`, `/runs/${runId}?tab=rows`, `/runs/${runId}?tab=training`,
    `/runs/${runId}?tab=settings`, '/models', `/models/${modelId}`, `/predict?model=${modelId}`, '/nowhere',
  ];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const place of places) {
      await test.step(`${place} in ${colorScheme}`, async () => {
        await page.goto(place);
        await expect(page.locator('main')).not.toBeEmpty();
        await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
        if (place.endsWith('?tab=rows') && place.startsWith('/runs')) {
          await page.getByRole('grid').getByRole('gridcell').first().click();
          await expect(page.getByRole('row', { name: /^Raw score/ })).toBeVisible();
        }

        await expectAccessible(page);
      });
    }
  }
});
