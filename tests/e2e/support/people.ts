import type { Locator, Page } from '@playwright/test';
import { family } from './family-school.ts';
import { passwordField } from './school.ts';
import { expect } from './test.ts';

/** *Inloggen bij uw school*, on a device that has nothing of it, up to the user name. */
export async function chooseSchool(page: Page): Promise<void> {
	await page.goto('/');
	await page.getByRole('button', { name: 'Inloggen bij uw school' }).click();
	await page.getByLabel('Naam van de school').fill('regen');
	await page.getByRole('button', { name: family.schoolName }).click();
	await expect(page.getByRole('button', { name: 'Met plaatjes' })).toBeVisible();
}

/** Types a user name and a password, and asks to be let in. */
export async function type(
	page: Page,
	{ userName, password }: { readonly userName: string; readonly password: string }
): Promise<void> {
	await page.getByLabel('Gebruikersnaam').fill(userName);
	await passwordField(page).fill(password);
	await page.getByRole('button', { name: 'Inloggen', exact: true }).click();
}

/** Signs in at the school on a new device, and waits for the heading of a home. */
export async function enter(
	page: Page,
	who: { readonly userName: string; readonly password: string },
	heading: string
): Promise<void> {
	await chooseSchool(page);
	await type(page, who);
	// The school is fetched, and beside it the app, where that is kept.
	await expect(title(page)).toHaveText(heading, { timeout: 30_000 });
}

export function title(page: Page): Locator {
	return page.getByRole('heading', { level: 1 });
}

/** All that was done on this device has reached the school. */
export async function expectSent(page: Page): Promise<void> {
	await expect(page.getByRole('button', { name: /^Alles verzonden/ })).toBeVisible({
		timeout: 20_000
	});
}

/** A new password, twice. */
export async function fillNewPassword(page: Page, password: string): Promise<void> {
	await passwordField(page, 'Nieuw wachtwoord').fill(password);
	await passwordField(page, 'Bevestig nieuw wachtwoord').fill(password);
}

/** Goes to a place of the bar at the bottom. */
export async function goTo(page: Page, name: string): Promise<void> {
	const navigation = page.getByRole('navigation', { name: 'Hoofdnavigatie' });
	await navigation.getByRole('link', { name }).click();
	await expect(title(page)).toHaveText(name);
}

/** The address below a label in a mail. */
export function linkIn(text: string, path: string): string {
	const [link] = new RegExp(`http://\\S+${path}#\\S+`).exec(text) ?? [];
	if (!link) throw new Error(`No link to ${path}: ${text}`);
	return link;
}
