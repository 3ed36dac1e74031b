import { doseTable, expect, test, upload } from './strata';

test('a table is uploaded, its profile read, a type changed into a new version, and it is deleted', async ({ strictPage: page }) => {
  await page.goto('/datasets');
  await page.getByLabel('Drop a table here').setInputFiles({ name: `trial ${Date.now()}.csv`, mimeType: 'text/csv', buffer: Buffer.from(doseTable(400)) });
  await expect(page).toHaveURL(/\/datasets\/[^/]+$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('trial');
  await expect(page.getByText('400 rows, 7 columns')).toBeVisible();

  const patient = page.getByRole('article', { name: 'patient' });
  await expect(patient.getByText('97', { exact: true })).toBeVisible();
  await page.getByLabel('Find a column').fill('dose');
  await expect(page.getByText('1 of 7 columns')).toBeVisible();
  await page.getByLabel('Find a column').fill('');

  const before = page.url();
  await page.getByLabel('Type of patient').selectOption('category');
  await expect(page.getByRole('region', { name: 'Type changes' })).toContainText('1 type changed');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page).not.toHaveURL(before);
  await expect(page.getByText('version 2', { exact: false })).toBeVisible();
  await expect(page.getByLabel('Type of patient')).toHaveValue('category');

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL(/\/datasets$/);
  await page.goBack();
  await expect(page.getByRole('alert', { name: 'Not found' })).toBeVisible();
});

test('a file that is no table is refused with what is wrong', async ({ strictPage: page }) => {
  await page.goto('/datasets');
  await page.getByLabel('Drop a table here').setInputFiles({ name: 'bad.csv', mimeType: 'text/csv', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 0, 255, 254, 0, 17]) });
  await expect(page.getByRole('alert')).not.toBeEmpty();
  await page.getByLabel('Drop a table here').setInputFiles({ name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
  await expect(page.getByRole('alert')).toContainText('is empty');
});

test('names and values from a table are text, never markup or object internals', async ({ strictPage: page, request }) => {
  const evil = '<img src=x onerror=alert(1)>';
  const id = await upload(request, 'evil.csv', `"${evil}",__proto__,constructor\n"${evil}",1,2\n"b",3,4\n`);
  page.on('dialog', () => expect('a dialog').toBe('none'));
  await page.goto(`/datasets/${id}`);
  await expect(page.getByRole('article', { name: evil })).toBeVisible();
  await expect(page.getByRole('article', { name: '__proto__' })).toBeVisible();
  await page.getByRole('tab', { name: 'Rows' }).click();
  await expect(page.getByRole('gridcell', { name: evil })).toBeVisible();
});

test('three thousand columns do not freeze the page', async ({ strictPage: page, request }) => {
  const columns = Array.from({ length: 3000 }, (_, index) => `gene_${index}`);
  const rows = Array.from({ length: 12 }, (_, row) => columns.map((_, index) => ((row * 31 + index * 7) % 101) / 10).join(','));
  const id = await upload(request, 'genes.csv', `${columns.join(',')}\n${rows.join('\n')}\n`);
  const started = Date.now();
  await page.goto(`/datasets/${id}`);
  await expect(page.getByRole('article').first()).toBeVisible();
  expect(await page.getByRole('article').count()).toBeLessThan(60);
  expect(Date.now() - started).toBeLessThan(10_000);
  await page.getByLabel('Find a column').fill('gene_2999');
  await expect(page.getByRole('article', { name: 'gene_2999' })).toBeVisible();
  await page.goto(`/train?dataset=${id}`);
  await expect(page.getByRole('group', { name: 'Columns to learn from' }).getByRole('checkbox').first()).toBeVisible();
  expect(await page.getByRole('checkbox').count()).toBeLessThan(60);
});
