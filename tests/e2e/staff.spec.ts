import type { Page } from '@playwright/test';
import { openPage } from './support/desk.ts';
import { importFiles } from './support/import.ts';
import { Prepared } from './support/prepared.ts';
import { textFile } from './support/rosters.ts';
import {
	demoDay,
	lock,
	makeSchool,
	openMade,
	passwordField,
	school,
	signIn,
	trySignIn,
	type Staff
} from './support/school.ts';
import { expect, test } from './support/test.ts';

const onePupil = textFile('a.csv', 'Stamnummer;Voornaam;Naam\r\n1001;Noor;Peeters');
const colleague = { userName: 'jdewit', password: 'zeven trage slakken' };

async function addColleague(page: Page, without: readonly string[] = []): Promise<void> {
	await openPage(page, 'Accounts');
	await page.getByRole('link', { name: 'Account toevoegen' }).click();
	await page.getByLabel('Naam', { exact: true }).fill('Jan De Wit');
	await expect(page.getByLabel('Gebruikersnaam')).toHaveValue(colleague.userName);
	for (const right of without) await page.getByLabel(right).uncheck();
	await passwordField(page, 'Wachtwoord voor deze medewerker').fill(colleague.password);
	await passwordField(page, 'Wachtwoord nogmaals').fill(colleague.password);
	await passwordField(page, 'Uw eigen wachtwoord').fill(school.password);
	await page.getByRole('button', { name: 'Account maken' }).click();
	await expect(page.getByText('Jan De Wit kan nu inloggen met jdewit.')).toBeVisible();
}

async function archive(page: Page, name: string): Promise<void> {
	await openPage(page, 'Accounts');
	await page.getByRole('grid', { name: 'Medewerkers' }).getByRole('link', { name }).click();
	await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
	await page.getByRole('button', { name: 'Archiveren' }).click();
	await page.getByRole('alertdialog').getByRole('button', { name: 'Archiveren' }).click();
}

test('a second account opens the same school with its own password', async ({ page }) => {
	await page.clock.install({ time: demoDay });
	await makeSchool(page);
	await importFiles(page, [onePupil]);
	await addColleague(page);
	await lock(page);
	await signIn(page, colleague);
	await openPage(page, 'Leerlingen');
	await expect(page.getByRole('row', { name: /Peeters/ })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Menu van Jan De Wit' })).toBeVisible();
	await lock(page);
	await signIn(page, school);
});

const colleagueMade = new Prepared(async (page) => {
	await page.context().clock.install({ time: demoDay });
	await makeSchool(page);
	await importFiles(page, [onePupil]);
	await addColleague(page, ['Leerlingen importeren', "LeerID's maken en aanpassen"]);
});

/** Opens the school of two, the second of whom may less. */
async function openWithColleague(page: Page, staff: Staff): Promise<void> {
	await page.clock.install({ time: demoDay });
	await colleagueMade.layDown(page);
	await openMade(page, staff);
}

test('who lacks a right does not find its buttons', async ({ page }) => {
	await openWithColleague(page, colleague);
	await expect(page.getByRole('link', { name: 'Importeren', exact: true })).toHaveCount(0);
	await expect(page.getByRole('link', { name: 'Noor' })).toBeVisible();
	await expect(page.getByRole('checkbox')).toHaveCount(0);
	await page.goto('/beheer/importeren');
	await signIn(page, colleague);
	await expect(page.getByText(/^U mag niet importeren/)).toBeVisible();
});

test('an archived account does not get in, and the last administrator cannot be archived', async ({
	page
}) => {
	await openWithColleague(page, school);
	await archive(page, 'Jan De Wit');
	await expect(page.getByText('Jan De Wit is gearchiveerd.')).toBeVisible();
	await archive(page, school.ownName);
	await expect(page.getByText(/^Dit is de laatste beheerder van de school/)).toBeVisible();
	await page.reload();
	await trySignIn(page, colleague);
	await expect(page.getByText(/^De gebruikersnaam of het wachtwoord is niet goed/)).toBeVisible();
});

test.describe('in a school of one', () => {
	test.beforeEach(async ({ page }) => {
		await page.clock.install({ time: demoDay });
		await makeSchool(page);
	});

	test('a wrong own password makes no account, and what was typed stays', async ({ page }) => {
		await openPage(page, 'Accounts');
		await page.getByRole('link', { name: 'Account toevoegen' }).click();
		await page.getByLabel('Naam', { exact: true }).fill('Jan De Wit');
		await passwordField(page, 'Wachtwoord voor deze medewerker').fill(colleague.password);
		await passwordField(page, 'Wachtwoord nogmaals').fill(colleague.password);
		await passwordField(page, 'Uw eigen wachtwoord').fill('dit is het niet');
		await page.getByRole('button', { name: 'Account maken' }).click();
		await expect(page.getByText('Uw eigen wachtwoord is niet goed.')).toBeVisible();
		await expect(page.getByLabel('Naam', { exact: true })).toHaveValue('Jan De Wit');
		await expect(page.getByLabel('Gebruikersnaam')).toHaveValue(colleague.userName);
	});

	test('an own password is changed with the old one, and only the new one opens', async ({
		page
	}) => {
		await openPage(page, 'Accounts');
		await page.getByRole('button', { name: 'Mijn wachtwoord wijzigen' }).click();
		const dialog = page.getByRole('dialog', { name: 'Mijn wachtwoord wijzigen' });
		await passwordField(page, 'Uw eigen wachtwoord').fill(school.password);
		await passwordField(page, 'Nieuw wachtwoord').fill(colleague.password);
		await passwordField(page, 'Wachtwoord nogmaals').fill(colleague.password);
		await dialog.getByRole('button', { name: 'Wachtwoord wijzigen' }).click();
		await expect(page.getByText('Uw wachtwoord is gewijzigd.')).toBeVisible();
		await lock(page);
		await trySignIn(page, school);
		await expect(page.getByText(/^De gebruikersnaam of het wachtwoord is niet goed/)).toBeVisible();
		await signIn(page, { userName: school.userName, password: colleague.password });
	});

	test('settings are saved, told in the history and taken back from there', async ({ page }) => {
		await openPage(page, 'Instellingen');
		await page.getByLabel('Naam van de school').fill('De Nieuwe Naam');
		await page.getByLabel('Aantal afbeeldingen in een wachtwoord').fill('4');
		await page.getByRole('button', { name: 'Opslaan' }).click();
		await expect(page.getByText('De instellingen zijn opgeslagen.')).toBeVisible();
		await expect(page.getByRole('banner').getByText('De Nieuwe Naam')).toBeVisible();
		await openPage(page, 'Geschiedenis');
		await page
			.getByRole('button', { name: /^Ongedaan maken: Instellingen gewijzigd/ })
			.first()
			.click();
		await expect(page.getByText('Ongedaan gemaakt.')).toBeVisible();
		await expect(page.getByRole('banner').getByText(school.name)).toBeVisible();
	});

	test('a school is taken off the device by whoever types its name, and nothing is left', async ({
		page
	}) => {
		await openPage(page, 'Instellingen');
		await page.getByRole('button', { name: 'School van dit apparaat verwijderen' }).click();
		const dialog = page.getByRole('alertdialog', { name: `${school.name} verwijderen?` });
		const typed = dialog.getByLabel(`Typ de naam van de school: ${school.name}`);
		await typed.fill('Een andere school');
		await dialog.getByRole('button', { name: 'School verwijderen' }).click();
		await expect(dialog.getByText(/^Dit is niet de naam van de school/)).toBeVisible();
		await typed.fill(school.name);
		await dialog.getByRole('button', { name: 'School verwijderen' }).click();
		await expect(page.getByText(`${school.name} is van dit apparaat verwijderd.`)).toBeVisible();
		await expect(page.getByRole('heading', { name: 'Welkom bij Schoolsleutel' })).toBeVisible();
		await page.reload();
		await expect(page.getByRole('heading', { name: 'Welkom bij Schoolsleutel' })).toBeVisible();
	});
});
