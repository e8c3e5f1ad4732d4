import { expect, type Download, type Locator, type Page } from '@playwright/test';
import { photographCards, type FakeCamera, type Photo, type PrintedCard } from './camera.ts';
import { openPage, saveAndPrint } from './desk.ts';

/** The page's verdict on the card before the camera. */
export function result(page: Page): Locator {
	return page.getByRole('status', { name: 'Wat er gescand is' });
}

/** Holds something before the camera of *Kaart scannen*, as if it had not been there before. */
export async function hold(page: Page, camera: FakeCamera, photo: Photo): Promise<void> {
	camera.show([photo]);
	const off = page.getByRole('button', { name: 'Camera uitzetten' });
	if (await off.isVisible()) await off.click();
	const next = page.getByRole('button', { name: 'Volgende kaart' });
	if (await next.isVisible()) await next.click();
	await page.getByRole('button', { name: 'Camera aanzetten' }).click();
}

/** Expects one of the answers to a scan; each says until when this device was up to date. */
export async function expectAnswer(
	page: Page,
	word: string,
	...more: (string | RegExp)[]
): Promise<void> {
	await expect(result(page).getByText(word, { exact: true })).toBeVisible();
	for (const text of more) await expect(result(page)).toContainText(text);
	await expect(result(page)).toContainText(/Bijgewerkt tot \d/);
}

/** The card in a zip that holds one. */
export async function onlyCard(zip: Download): Promise<PrintedCard> {
	const [card, ...others] = await photographCards(zip);
	if (!card || others.length > 0) throw new Error('One card was expected');
	return card;
}

/** Renews the password of a pupil, from the pupil's page. */
export async function printAnother(page: Page): Promise<PrintedCard> {
	await page.getByRole('button', { name: 'Pas aanmeldgegevens aan' }).click();
	await page.getByRole('button', { name: 'genereer nieuw wachtwoord' }).click();
	const zip = await saveAndPrint(page);
	await expect(page.getByText('Het LeerID is succesvol aangepast.').last()).toBeVisible();
	return onlyCard(zip);
}

/** *Kaart scannen*, with the camera off. */
export async function openScan(page: Page): Promise<void> {
	await openPage(page, 'Kaart scannen');
	await expect(page.getByRole('button', { name: 'Camera uitzetten' })).toBeVisible();
}
