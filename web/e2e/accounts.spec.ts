import { startServer } from './startServer';
import { expect, expectAccessible, test } from './strata';

const password = 'correct horse battery staple';

test('the first account is made, others are let in, and a session that ends brings one back to where one was', async ({ strictPage: page }) => {
  test.skip(!process.env.STRATA_PROGRAM, 'needs the program to start a server of its own');
  test.setTimeout(120_000);
  const { url, stop } = await startServer();
  try {
    await page.goto(`${url}/account`);
    await expect(page.getByText('This server has no accounts')).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel('Name').fill('root');
    await page.getByLabel('Password', { exact: false }).first().fill(password);
    await page.getByRole('button', { name: 'Make the administrator' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Your account' })).toBeVisible();
    await expectAccessible(page);

    await page.goto(`${url}/admin`);
    await page.getByLabel('Name').fill('ann');
    await page.getByLabel('Password', { exact: false }).first().fill(password);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await expect(page.getByRole('button', { name: 'Keep out ann' })).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel('Name').fill('robot');
    await page.getByLabel('A service account').check();
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('button', { name: 'Tokens of robot' }).click();
    await page.getByLabel('What it is for').click();
    await page.getByLabel('What it is for').fill('nightly');
    await page.getByRole('button', { name: 'Make a token' }).click();
    await expect(page.getByText('Copy it now: it is never shown again')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Revoke nightly' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Close' }).click();

    await page.getByRole('tab', { name: 'Teams' }).click();
    await page.getByRole('textbox', { name: 'Name' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('night shift');
    await page.getByRole('button', { name: 'Make the team' }).click();
    await page.getByRole('combobox', { name: 'Somebody for night shift' }).click();
    await page.getByRole('option', { name: 'ann' }).click();
    await page.getByRole('button', { name: 'Add to the team' }).click();
    await expect(page.getByRole('button', { name: 'Remove ann from night shift' })).toBeVisible();
    await expectAccessible(page);

    await page.getByRole('tab', { name: 'Projects' }).click();
    await page.getByRole('radiogroup', { name: 'Who gets a role in default' }).getByText('Team').click();
    await page.getByLabel('Team for default').fill('night shift');
    await page.getByRole('button', { name: 'Give the role' }).click();
    await expect(page.getByRole('button', { name: 'Remove night shift from default' })).toBeVisible();
    await page.getByRole('radiogroup', { name: 'Who gets a role in default' }).getByText('User').click();
    await page.getByLabel('User for default').fill('ann');
    await page.getByRole('button', { name: 'Give the role' }).click();
    await expect(page.getByRole('button', { name: 'Remove ann from default' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Audit log' }).click();
    await page.getByRole('button', { name: 'Check it' }).click();
    await expect(page.getByText('The log is as it was written')).toBeVisible();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'root' }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Log in' })).toBeVisible();
    await expectAccessible(page);

    await page.goto(`${url}/models`);
    await page.getByLabel('Name').fill('ann');
    await page.getByLabel('Password', { exact: false }).first().fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Models' })).toBeVisible();
    await expect(page).toHaveURL(/\/models$/);

    await page.context().clearCookies();
    await page.getByRole('link', { name: 'Datasets' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Log in' })).toBeVisible();
    await page.getByLabel('Name').fill('ann');
    await page.getByLabel('Password', { exact: false }).first().fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Datasets' })).toBeVisible();
  } finally {
    await stop();
  }
});
