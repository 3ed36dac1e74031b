import type { APIRequestContext, Page } from '@playwright/test';
import { expect, finished, test, train } from './strata';

/** Runs when a browser takes it for markup; says where it came from. */
const evil = (place: string) => `<img src=x onerror="window.executed='${place}'"><script>window.executed='${place}'</script>"'><svg onload=alert(1)>`;

/** A table whose name, columns, categories and texts are scripts. */
function evilTable(): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = [[quoted(evil('column')), 'x', quoted(evil('target'))].join(',')];
  for (let row = 0; row < 120; row++) {
    lines.push([quoted(evil(row % 3 === 0 ? 'category a' : 'category b')), String((row * 7) % 50), quoted(evil(row % 2 === 0 ? 'class a' : 'class b'))].join(','));
  }

  return `${lines.join('\n')}\n`;
}

async function ask(request: APIRequestContext, path: string, data: object): Promise<Record<string, never>> {
  const answer = await request.post(path, { data });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return (await answer.json()) as Record<string, never>;
}

async function expectNothingRan(page: Page, path: string) {
  await page.goto(path);
  await expect(page.locator('#main')).toBeVisible();
  await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined);
  expect(await page.evaluate(() => (window as unknown as { executed?: string }).executed), path).toBeUndefined();
}

test('a script in any text field is shown as text and never runs', async ({ strictPage: page, request }) => {
  test.setTimeout(180_000);
  page.on('dialog', (dialog) => {
    throw new Error(`A dialog opened: ${dialog.message()}`);
  });
  const uploaded = await request.post('/api/datasets', {
    multipart: { file: { name: `${evil('file').replaceAll('/', '')}.csv`, mimeType: 'text/csv', buffer: Buffer.from(evilTable()) }, name: evil('dataset') },
  });
  expect(uploaded.ok(), await uploaded.text()).toBe(true);
  const { id: dataset } = (await uploaded.json()) as { id: string };
  const run = await train(request, dataset, { target: evil('target'), algorithm: 'decision_tree' }, evil('run'));
  const { model_id: model } = await finished(request, run);

  const failed = await request.post('/api/runs', { data: { dataset_id: dataset, name: evil('refused'), plan: { target: evil('no column') } } });
  expect(failed.status()).toBe(422);

  const mlflow = '/api/2.0/mlflow';
  const { experiment_id: experiment } = await ask(request, `${mlflow}/experiments/create`, { name: evil('experiment'), tags: [{ key: 'key', value: evil('tag') }] });
  const { run: reported } = (await ask(request, `${mlflow}/runs/create`, { experiment_id: experiment, start_time: 1000, run_name: evil('reported') })) as unknown as { run: { info: { run_id: string } } };
  const reportedId = reported.info.run_id;
  await ask(request, `${mlflow}/runs/log-batch`, {
    run_id: reportedId,
    metrics: [{ key: 'loss', value: 1, timestamp: 1, step: 0 }],
    params: [{ key: 'parameter', value: evil('parameter') }],
    tags: [{ key: 'mlflow.note.content', value: evil('note') }, { key: 'tag', value: evil('run tag') }],
  });
  await ask(request, '/api/deployments', { name: 'scripts', models: [{ model_id: model }], note: evil('deployment note') });

  for (const path of [
    '/', '/datasets', `/datasets/${dataset}`, `/datasets/${dataset}?tab=profile`, `/datasets/${dataset}?tab=rows`, `/train?dataset=${dataset}`, `/compare?dataset=${dataset}`, '/runs', `/runs/${run}`,
    `/runs/${run}?tab=rows`, `/runs/${run}?tab=log`, `/runs/${run}?tab=explanation`, '/models', `/models/${model}`, `/predict?model=${model}`, '/experiments', `/experiments/${experiment as unknown as string}`,
    `/runs/${reportedId}`, `/runs/compare?runs=${run},${reportedId}`, '/deployments', '/deployments/scripts', '/admin?tab=audit', '/account',
  ]) {
    await expectNothingRan(page, path);
  }

  await page.goto('/runs');
  await expect(page.getByText(evil('run'), { exact: false }).first()).toBeVisible();

  for (const path of [`/api/datasets/${dataset}/file`, `/api/models/${model}/file`]) {
    const answer = await request.get(path);
    expect(answer.headers()['content-disposition'] ?? '', path).toMatch(/^attachment/);
    expect(answer.headers()['content-security-policy'] ?? '', path).toContain('sandbox');
    expect(answer.headers()['x-content-type-options'], path).toBe('nosniff');
  }
});
