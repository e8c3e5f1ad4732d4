import { expect, type Page } from '@playwright/test';
import { photographCards, type PrintedCard } from './camera.ts';
import { openPage, pupilTable, saveAndPrint } from './desk.ts';
import { importFiles } from './import.ts';
import { Prepared } from './prepared.ts';
import { textFile } from './rosters.ts';
import { makeSchool, openMade } from './school.ts';

export const className = '5de leerjaar';

/** Surnames of a class, in the order of a list. */
export const surnames = Array.from(
	{ length: 12 },
	(_, at) => `Leerling${String.fromCharCode(65 + at)}`
);

export function fullName(surname: string): string {
	return `Noor ${surname}`;
}

/** A school with one class, and Sam of another class; all have an account and a card. */
const classMade = new Prepared(async (page) => {
	await makeSchool(page);
	const rows = surnames.map((surname, at) => `${1000 + at};Noor;${surname};${className}`);
	const lines = ['Stamnummer;Voornaam;Naam;Klas', ...rows, '2000;Sam;Anders;6de leerjaar'];
	await importFiles(page, [textFile('klas.csv', lines.join('\r\n'))]);
	const cards = await printEverybody(page);
	await expect(pupilTable(page)).toBeVisible();
	return cards;
});

/** Opens the school of a class of which everybody was given a card. Returns the cards. */
export async function makeClass(page: Page): Promise<PrintedCard[]> {
	const cards = await classMade.layDown(page);
	await openMade(page);
	return cards;
}

/** Makes LeerIDs for everybody. Returns the cards that are printed. */
async function printEverybody(page: Page): Promise<PrintedCard[]> {
	await openPage(page, 'Leerlingen');
	await pupilTable(page).getByRole('checkbox').first().click();
	await page.getByRole('link', { name: "Bulk: maak LeerID's aan" }).click();
	return photographCards(await saveAndPrint(page));
}
