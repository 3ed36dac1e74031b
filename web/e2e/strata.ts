import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test as base, type APIRequestContext, type Page } from '@playwright/test';
import { startServer } from './startServer';

interface Fixtures {
  /** A page that fails its test when the browser reports an error: a broken script, or one that the content security policy stopped. */
  strictPage: Page;
}

interface WorkerFixtures {
  /** The address of the server that the tests of one worker share: one that runs already (STRATA_URL), or one that is started for them. */
  address: string;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  address: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from here.
    async ({}, run) => {
      if (process.env.STRATA_URL) {
        await run(process.env.STRATA_URL);
        return;
      }

      const server = await startServer();
      await run(server.url);
      await server.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: ({ address }, run) => run(address),
  strictPage: async ({ page }, run) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      // The browser logs every answer of 400 and above; those are the server's to give and the page's to show.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        errors.push(message.text());
      }
    });
    await run(page);
    expect(errors).toEqual([]);
  },
});

export { expect };

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const accessibleByTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** No violation of WCAG 2.2 A and AA, or of only one of axe's rules, that axe can see; what fades in or out has no contrast until it is there or gone. */
export async function expectAccessible(page: Page, rule?: string) {
  await expect.poll(() => page.evaluate(() => document.getAnimations().filter((one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity).length)).toBe(0);
  await page.evaluate(axeSource);
  const found = await page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: { run: (root: Document, options: object) => Promise<{ violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[] }> } };
    const { violations } = await axe.run(document, { runOnly });
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 4).map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`).join(' | ')}`);
  }, rule === undefined ? { type: 'tag', values: accessibleByTags } : { type: 'rule', values: [rule] });
  expect(found).toEqual([]);
}

/** A table in which `sick` follows from dose and age, with a little noise: the same for every run of the tests. */
export function doseTable(rows: number): string {
  let seed = 12345;
  const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const lines = ['patient,dose_mg,age_years,sex,ward,note,sick'];
  for (let row = 0; row < rows; row++) {
    const dose = 10 + chance() * 90;
    const age = 20 + chance() * 60;
    const sick = dose * 0.04 - age * 0.03 + chance() > 1.2 ? 'yes' : 'no';
    lines.push([row % 97, dose.toFixed(2), age.toFixed(1), chance() < 0.5 ? 'f' : 'm', `ward ${1 + Math.floor(chance() * 4)}`, chance() < 0.1 ? '' : '"a, note"', sick].join(','));
  }

  return `${lines.join('\n')}\n`;
}

interface Id {
  id: string;
}

export async function upload(request: APIRequestContext, name: string, text: string): Promise<string> {
  const answer = await request.post('/api/datasets', { multipart: { file: { name, mimeType: 'text/csv', buffer: Buffer.from(text) } } });
  expect(answer.ok(), await answer.text()).toBe(true);
  const { id } = (await answer.json()) as Id;
  await expect.poll(async () => ((await (await request.get(`/api/datasets/${id}`)).json()) as { status: string }).status, { timeout: 60_000 }).toBe('ready');
  return id;
}

export async function train(request: APIRequestContext, datasetId: string, plan: object, name: string): Promise<string> {
  const answer = await request.post('/api/runs', { data: { dataset_id: datasetId, name, plan } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as Id).id;
}

export async function finished(request: APIRequestContext, runId: string): Promise<{ model_id: string }> {
  const read = async () => (await (await request.get(`/api/runs/${runId}`)).json()) as { model_id: string; job: { status: string; error: string | null } };
  await expect.poll(async () => (await read()).job.status, { timeout: 100_000 }).toMatch(/completed|failed|cancelled/);
  const run = await read();
  expect(run.job.error).toBeNull();
  return run;
}
