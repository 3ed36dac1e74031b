import { expect, expectAccessible, test } from './strata';
import type { APIRequestContext } from '@playwright/test';

const api = '/api/2.0/mlflow';

/** A run as an MLflow client reports it. */
async function report(request: APIRequestContext, experiment: string, name: string, depth: number, losses: number[]): Promise<string> {
  const ask = async (path: string, data: object) => {
    const answer = await request.post(`${api}/${path}`, { data });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as { run: { info: { run_id: string; artifact_uri: string } } };
  };
  const { run: { info } } = await ask('runs/create', { experiment_id: experiment, run_name: name, user_id: 'ann', start_time: Date.now() - 60_000, tags: [{ key: 'team', value: 'red' }, { key: 'mlflow.source.name', value: 'train.py' }] });
  await ask('runs/log-batch', {
    run_id: info.run_id, params: [{ key: 'depth', value: String(depth) }, { key: 'seed', value: '1' }],
    metrics: [...losses.map((value, step) => ({ key: 'val/loss', value, timestamp: step + 1, step })), { key: 'accuracy', value: 1 - losses.at(-1)!, timestamp: 1, step: 0 }],
  });
  const file = await request.put(`/api/2.0/mlflow-artifacts/artifacts/${info.artifact_uri.replace('mlflow-artifacts:/', '')}/model/weights.txt`, { data: 'weights' });
  expect(file.ok(), await file.text()).toBe(true);
  await ask('runs/update', { run_id: info.run_id, status: 'FINISHED', end_time: Date.now() });
  return info.run_id;
}

async function experimentOf(request: APIRequestContext, name: string): Promise<string> {
  const answer = await request.post(`${api}/experiments/create`, { data: { name, tags: [{ key: 'team', value: 'red' }] } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { experiment_id: string }).experiment_id;
}

const losses = (end: number) => Array.from({ length: 40 }, (_, step) => end + (1 - end) * Math.exp(-step / 8));

test('a run that another program reports is found, shown and compared with another one', async ({ strictPage: page, request }) => {
  const experiment = await experimentOf(request, 'depth search');
  const first = await report(request, experiment, 'shallow try', 4, losses(0.3));
  await report(request, experiment, 'deep try', 8, losses(0.1));

  await page.goto('/runs');
  await page.getByRole('combobox', { name: 'Experiment' }).click();
  await page.getByRole('option', { name: 'depth search' }).click();
  await expect(page.getByRole('link', { name: 'shallow try' })).toBeVisible();
  await expect(page.getByRole('heading', { name: '2 runs' })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: 'shallow try' }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/${first}$`));
  await expect(page.getByRole('heading', { level: 1, name: 'shallow try' })).toBeVisible();
  await expect(page.getByRole('row', { name: 'depth 4' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'Val/loss by step' })).toBeVisible();
  await expect(page.getByRole('row', { name: 'program train.py' })).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'model/weights.txt' }).click()]);
  expect(download.suggestedFilename()).toBe('weights.txt');
  await expectAccessible(page);

  await page.goto(`/runs?experiment=${experiment}`);
  await page.getByRole('checkbox', { name: 'Compare shallow try' }).check();
  await page.getByRole('checkbox', { name: 'Compare deep try' }).check();
  await page.getByRole('link', { name: 'Compare them' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Runs side by side' })).toBeVisible();
  await expect(page.getByRole('row', { name: /^depth/ })).toContainText('8');
  await expect(page.getByRole('row', { name: /^seed/ })).toContainText('same');
  await expect(page.getByRole('row', { name: /^Accuracy/ }).locator('strong')).toHaveText('89.3 %');
  await expect(page.getByRole('img', { name: 'Val/loss by step' })).toBeVisible();
  await expectAccessible(page);
});

test('experiments are searched, and a filter that cannot be read says what is wrong', async ({ strictPage: page, request }) => {
  const experiment = await experimentOf(request, 'searched here');
  await report(request, experiment, 'low', 4, losses(0.05));
  await report(request, experiment, 'high', 4, losses(0.6));

  await page.goto('/experiments');
  await page.getByLabel('Filter experiments').click();
  await page.getByLabel('Filter experiments').fill("name ILIKE '%searched%'");
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByRole('row', { name: /searched here/ })).toContainText('2');
  await expect(page.getByRole('link', { name: 'Default' })).toHaveCount(0);
  await expectAccessible(page);

  await page.getByRole('link', { name: 'searched here' }).click();
  await page.getByLabel('Filter runs').click();
  await page.getByLabel('Filter runs').fill('metrics."val/loss" < 0.2');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByRole('link', { name: 'low' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'high' })).toHaveCount(0);
  await expectAccessible(page);

  await page.getByLabel('Filter runs').click();
  await page.getByLabel('Filter runs').fill('metrics.loss <');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByLabel('Filter runs')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('alert')).toBeVisible();
});
