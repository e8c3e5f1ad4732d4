import type { Page } from '@playwright/test';
import { demoStaff, openDemo, passwordField } from './support/school.ts';
import { expect, test } from './support/test.ts';

function background(page: Page): Promise<string> {
	return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
}

async function chooseFromMenu(page: Page, item: string): Promise<void> {
	await page.getByRole('button', { name: /^Menu van / }).click();
	await page.getByRole('menuitemradio', { name: item }).click();
}

test('the app speaks English when asked, and remembers it', async ({ page }) => {
	await openDemo(page);
	await chooseFromMenu(page, 'English');
	await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await page.getByLabel('User name').fill(demoStaff.userName);
	await passwordField(page, 'Password').fill(demoStaff.password);
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Enrolled pupils');
	await expect(page.getByRole('grid').getByRole('columnheader', { name: 'Status' })).toBeVisible();
	await page.reload();
	await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
});

test('dark is followed from the system, chosen by hand, and remembered', async ({ page }) => {
	await openDemo(page);
	const light = await background(page);
	await page.emulateMedia({ colorScheme: 'dark' });
	await expect.poll(() => background(page)).not.toBe(light);
	const dark = await background(page);
	await chooseFromMenu(page, 'Licht');
	await expect.poll(() => background(page)).toBe(light);
	await page.emulateMedia({ colorScheme: 'light' });
	await chooseFromMenu(page, 'Donker');
	await expect.poll(() => background(page)).toBe(dark);
	await page.reload();
	await expect(page.getByRole('button', { name: 'Inloggen', exact: true })).toBeVisible();
	expect(await background(page)).toBe(dark);
});
