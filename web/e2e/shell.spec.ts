import { expect, test } from './strata';

test('the page is used without a mouse', async ({ strictPage: page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Search' }).fill('datas');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/datasets$/);
  await expect(page.locator('main')).toBeFocused();
});

test('a lost connection is said once, and the page comes back by itself', async ({ strictPage: page }) => {
  await page.goto('/runs');
  await page.route('**/api/**', (route) => route.abort());
  await page.getByRole('link', { name: 'Models' }).click();
  await expect(page.getByText('Strata does not answer.')).toBeVisible({ timeout: 30_000 });
  await page.unroute('**/api/**');
  await expect(page.getByText('Strata does not answer.')).toBeHidden({ timeout: 30_000 });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Models');
});

test('a server that does not answer from the first is no empty page', async ({ strictPage: page }) => {
  await page.route('**/api/**', (route) => route.abort());
  await page.goto('/runs');
  await expect(page.getByText('Strata does not answer.')).toBeVisible({ timeout: 30_000 });
  await page.unroute('**/api/**');
  await expect(page.getByText('Strata does not answer.')).toBeHidden({ timeout: 30_000 });
});

test('the colour scheme is kept', async ({ strictPage: page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Colour scheme' }).click();
  await page.getByRole('menuitem', { name: 'Dark' }).click();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test('an address that does not exist says so', async ({ strictPage: page }) => {
  await page.goto('/nowhere');
  await expect(page.getByText('There is no such page')).toBeVisible();
  await page.goto('/runs/nothing');
  await expect(page.getByRole('alert')).toBeVisible();
});
