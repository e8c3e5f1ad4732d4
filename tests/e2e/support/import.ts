import { expect, type Locator, type Page } from '@playwright/test';
import { openPage } from './desk.ts';
import type { ChosenFile } from './rosters.ts';

export type Outcome =
	'Nieuw' | 'Gewijzigd' | 'Twijfel' | 'Vertrokken' | 'Ongewijzigd' | 'Overgeslagen';

/** Hands files to *Leerlingen importeren*, from wherever one is. */
export async function chooseFiles(page: Page, files: string[] | ChosenFile[]): Promise<void> {
	await openPage(page, 'Importeren');
	await page.getByLabel('Bestand uit uw administratiepakket').setInputFiles(files);
}

export async function expectStep(page: Page, step: 'Kolommen' | 'Controleren'): Promise<void> {
	const heading = page.getByRole('heading', { name: step, level: 1 });
	await expect(heading).toBeVisible({ timeout: 30_000 });
}

/** The tile that counts an outcome and shows its rows. */
export function tile(page: Page, outcome: Outcome): Locator {
	const tiles = page.getByRole('group', { name: 'Wat er verandert' });
	return tiles.getByRole('button', { name: new RegExp(` ${outcome}$`) });
}

/** Expects what an import would do, by outcome: `4.922 Nieuw`. */
export async function expectCounts(
	page: Page,
	counts: Partial<Record<Outcome, number>>
): Promise<void> {
	for (const [outcome, count] of Object.entries(counts)) {
		const number = count.toLocaleString('nl-NL');
		await expect(tile(page, outcome as Outcome)).toHaveAccessibleName(`${number} ${outcome}`);
	}
}

/** *Importeren*, and waits for the report. */
export async function importNow(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Importeren', exact: true }).click();
	await expectImported(page);
}

export async function expectImported(page: Page): Promise<void> {
	const done = page.getByRole('heading', { name: 'De import is klaar' });
	await expect(done).toBeVisible({ timeout: 60_000 });
}

/** Takes files in that leave nothing to ask. */
export async function importFiles(page: Page, files: string[] | ChosenFile[]): Promise<void> {
	await chooseFiles(page, files);
	await expectStep(page, 'Controleren');
	await importNow(page);
}
