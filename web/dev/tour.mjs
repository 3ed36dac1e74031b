// Takes pictures of every page in both colour schemes: `STRATA_URL=http://127.0.0.1:5080 node dev/tour.mjs OUT [width]`.
import { mkdirSync } from 'node:fs';
import { chromium } from '@playwright/test';

const address = process.env.STRATA_URL ?? 'http://127.0.0.1:5080';
const out = process.argv[2] ?? 'test-results/tour';
const width = Number(process.argv[3] ?? 1360);
mkdirSync(out, { recursive: true });

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'] });
const api = async (path) => (await (await fetch(address + path)).json()).items;
const [dataset] = await api('/api/datasets');
const runs = await api('/api/runs');
const [model] = await api('/api/models');
const places = {
  home: '/', datasets: '/datasets', dataset: `/datasets/${dataset?.id}`, rows: `/datasets/${dataset?.id}?tab=rows`, train: `/train?dataset=${dataset?.id}`, runs: '/runs',
  models: '/models', model: `/models/${model?.id}`, predict: `/predict?model=${model?.id}`,
  ...Object.fromEntries(runs.slice(0, 3).flatMap((run, index) => [[`run${index}`, `/runs/${run.id}`]])),
  ...(runs.length > 0 ? { testrows: `/runs/${(runs.find(({ name }) => name === 'First light') ?? runs.at(-1)).id}?tab=rows`, training: `/runs/${(runs.find(({ name }) => name === 'First light') ?? runs.at(-1)).id}?tab=training`, first: `/runs/${(runs.find(({ name }) => name === 'First light') ?? runs.at(-1)).id}`, survey: `/datasets/${(runs.find(({ name }) => name === 'First light') ?? runs.at(-1)).dataset_id}`, trainsurvey: `/train?dataset=${(runs.find(({ name }) => name === 'First light') ?? runs.at(-1)).dataset_id}` } : {}),
};
const wanted = (process.argv[4] || undefined)?.split(',');
for (const colorScheme of process.argv[5]?.split(',') ?? ['light', 'dark']) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.log(colorScheme, message.text().slice(0, 400)));
  page.on('pageerror', (error) => console.log(colorScheme, 'page error', error.message));
  for (const [name, place] of Object.entries(places)) {
    if (wanted && !wanted.includes(name)) continue;
    await page.goto(address + place);
    await page.waitForLoadState('networkidle').catch(() => {});
    if (name === 'testrows') await page.getByRole('gridcell').first().click();
    await page.waitForTimeout(900);
    await page.screenshot({ path: `${out}/${name}-${colorScheme}.png`, fullPage: true });
  }

  await page.close();
}

await browser.close();
