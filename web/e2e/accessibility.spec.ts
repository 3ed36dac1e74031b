import type { APIRequestContext } from '@playwright/test';
import { doseTable, expect, expectAccessible, finished, test, train, upload } from './strata';

/** A server on which every page has something to show; the addresses of the pages. */
async function filled(request: APIRequestContext): Promise<string[]> {
  const datasetId = await upload(request, 'doses.csv', doseTable(800));
  const runId = await train(request, datasetId, { target: 'sick', algorithm: 'gradient_boosting' }, 'Checked by axe');
  const { model_id: modelId } = await finished(request, runId);
  const { model_id: otherId } = await finished(request, await train(request, datasetId, { target: 'sick', algorithm: 'decision_tree' }, 'Checked beside it'));
  const name = `checked.${Date.now()}`;
  for (const [path, data] of [
    ['/api/deployments', { name, models: [{ model_id: modelId, weight: 1, shadow: false }, { model_id: otherId, weight: 1, shadow: true }] }],
    ['/api/ab-tests', { name: `${name}.test`, model_a_id: modelId, model_b_id: otherId }],
    [`/api/registry/models/${name}/versions`, { model_id: modelId }],
  ] as const) {
    const answer = await request.post(path, { data });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  return [
    '/', '/datasets', `/datasets/${datasetId}`, `/datasets/${datasetId}?tab=rows`, `/find?dataset=${datasetId}`, `/train?dataset=${datasetId}`, `/compare?dataset=${datasetId}`, '/runs', `/runs/${runId}`, `/runs/${runId}?tab=rows`, `/runs/${runId}?tab=training`,
    `/runs/${runId}?tab=settings`, `/runs/compare?runs=${runId}`, `/lineage?kind=run&id=${runId}`, '/experiments', '/experiments/0', '/models', `/models/${modelId}`, '/registry', `/registry/${name}`, `/registry/${name}?tab=rules`, `/registry/${name}?tab=history`,
    `/register?model=${modelId}`, '/deployments', ...['traffic', 'ask', 'watch', 'predictions', 'history'].map((tab) => `/deployments/${name}?tab=${tab}`), `/deploy?model=${modelId}`, '/ab-tests', `/ab-tests/${name}.test`,
    `/start-ab-test?deployment=${name}`, `/predict?model=${modelId}`, '/nowhere',
  ];
}

test('every page passes axe in both colour schemes and is no wider than a window of 400 pixels', async ({ strictPage: page, request }) => {
  test.setTimeout(300_000);
  for (const place of await filled(request)) {
    await test.step(place, async () => {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.goto(place);
      await expect(page.locator('main')).not.toBeEmpty();
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
      if (place.endsWith('?tab=rows') && place.startsWith('/runs')) {
        await page.getByRole('grid').getByRole('gridcell').first().click();
        await expect(page.getByRole('row', { name: /^Raw score/ })).toBeVisible();
      }

      await expectAccessible(page);
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await expect(page.locator('html[data-mantine-color-scheme=dark]')).toHaveCount(1);
      await expectAccessible(page);
      await page.setViewportSize({ width: 400, height: 800 });
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), { message: place }).toBe(0);
    });
  }
});
