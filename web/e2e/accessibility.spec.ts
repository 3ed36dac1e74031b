import type { APIRequestContext } from '@playwright/test';
import { doseTable, expect, expectAccessible, finished, test, train, upload } from './strata';

test.describe.configure({ mode: 'parallel' });

interface Objects {
  datasetId: string;
  runId: string;
  modelId: string;
  /** Of a deployment and of a registered model; an A/B test's is `NAME.test`. */
  name: string;
}

/** What fills a server, so that every page has something to show. */
async function fill(request: APIRequestContext): Promise<Objects> {
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

  return { datasetId, runId, modelId, name };
}

let objects: Promise<Objects> | undefined;

/** The pages of each part of Strata. */
const parts: Record<string, (of: Objects) => string[]> = {
  'data and training': ({ datasetId }) => ['/', '/datasets', `/datasets/${datasetId}`, `/datasets/${datasetId}?tab=rows`, `/find?dataset=${datasetId}`, `/train?dataset=${datasetId}`, `/compare?dataset=${datasetId}`, '/nowhere'],
  runs: ({ runId }) => ['/runs', ...['', '?tab=rows', '?tab=training', '?tab=settings'].map((tab) => `/runs/${runId}${tab}`), `/runs/compare?runs=${runId}`, `/lineage?kind=run&id=${runId}`, '/experiments', '/experiments/0'],
  models: ({ modelId, name }) => ['/models', `/models/${modelId}`, `/predict?model=${modelId}`, '/registry', ...['', '?tab=rules', '?tab=history'].map((tab) => `/registry/${name}${tab}`), `/register?model=${modelId}`],
  deployments: ({ modelId, name }) => [
    '/deployments', ...['traffic', 'ask', 'watch', 'predictions', 'history'].map((tab) => `/deployments/${name}?tab=${tab}`), `/deploy?model=${modelId}`, '/ab-tests', `/ab-tests/${name}.test`, `/start-ab-test?deployment=${name}`,
  ],
};

for (const [part, pages] of Object.entries(parts)) {
  test(`every page of ${part} passes axe in both colour schemes and is no wider than a window of 400 pixels`, async ({ strictPage: page, request }) => {
    test.setTimeout(300_000);
    for (const place of pages(await (objects ??= fill(request)))) {
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
        // Colours are all that a scheme changes.
        await expectAccessible(page, 'color-contrast');
        await page.setViewportSize({ width: 400, height: 800 });
        await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), { message: place }).toBe(0);
      });
    }
  });
}
