import { expect, type Download, type Locator, type Page } from '@playwright/test';

/** The list *Ingeschreven leerlingen*: where one is after signing in. */
export function pupilTable(page: Page): Locator {
	return page.getByRole('grid', { name: 'Ingeschreven leerlingen' });
}

/** The boxes of the rows that are drawn. */
export function rowBoxes(table: Locator): Locator {
	return table.getByRole('checkbox', { name: /^Selecteer / });
}

/** *Totaal aantal rijen* of the list of pupils. */
export async function expectRows(page: Page, count: number): Promise<void> {
	const text = `Totaal aantal rijen: ${count.toLocaleString('nl-NL')}`;
	await expect(page.getByText(text, { exact: true })).toBeVisible();
}

/** *Aantal geselecteerde leerlingen* of the list of pupils. */
export async function expectSelected(page: Page, count: number): Promise<void> {
	const text = `Aantal geselecteerde leerlingen: ${count.toLocaleString('nl-NL')}`;
	await expect(page.getByText(text, { exact: true })).toBeVisible();
}

/** Goes to a page of the main navigation. */
export async function openPage(page: Page, name: string): Promise<void> {
	const navigation = page.getByRole('navigation', { name: 'Hoofdnavigatie' });
	await navigation.getByRole('link', { name, exact: true }).click();
	await expect(navigation.getByRole('link', { name, exact: true })).toHaveAttribute('aria-current');
}

/** *Zoek op stamnummer, naam of voornaam*: types something there. */
export async function search(page: Page, text: string): Promise<void> {
	await page.getByRole('searchbox', { name: 'Zoek op stamnummer, naam of voornaam' }).fill(text);
}

/** Ticks in a filter of the list what is named, and nothing else. */
export async function chooseFilter(
	page: Page,
	label: 'Administratieve groep' | 'Status' | 'Type',
	values: readonly string[]
): Promise<void> {
	const filters = page.getByRole('group', { name: 'Filter leerlingenlijst' });
	await filters.getByRole('button', { name: label }).click();
	const list = page.getByRole('dialog', { name: label });
	const clear = list.getByRole('button', { name: 'Keuze wissen' });
	if (await clear.isVisible()) await clear.click();
	for (const value of values)
		await list.getByRole('checkbox', { name: value, exact: true }).check();
	await page.keyboard.press('Escape');
	await expect(list).toBeHidden();
}

/** Opens a pupil's page from the list. */
export async function openPupil(page: Page, name: string): Promise<void> {
	await search(page, name);
	await pupilTable(page).getByRole('link').first().click();
	await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

/** *Bewaren en afdrukken*. Returns the zip that comes of it. */
export async function saveAndPrint(page: Page): Promise<Download> {
	const download = page.waitForEvent('download', { timeout: 60_000 });
	await page.getByRole('button', { name: 'Bewaren en afdrukken' }).click();
	return download;
}

/** The value beside a label in a list of them. */
export function valueOf(page: Page, label: string): Locator {
	const term = page.getByRole('term').filter({ hasText: new RegExp(`^${label}$`) });
	return term.locator('xpath=following-sibling::dd');
}
