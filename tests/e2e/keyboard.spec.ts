import type { Page } from '@playwright/test';
import { expectRows, expectSelected, pupilTable, valueOf } from './support/desk.ts';
import { expectImported, expectStep } from './support/import.ts';
import { enterOn, tabTo, typeIn } from './support/keyboard.ts';
import { readPrintedZip } from './support/printed-zip.ts';
import { textFile } from './support/rosters.ts';
import { passwordField, school } from './support/school.ts';
import { notePublicKeys, publicKeyOf } from './support/signatures.ts';
import { expect, test } from './support/test.ts';

const pupils = [
	'Stamnummer;Voornaam;Naam;Klas;Geboortedatum',
	'1001;Noor;Peeters;1A;02/01/2019',
	'1002;Sam;De Smet;1A;31/02/2019',
	'1003;Lou;Maes;1B;03/01/2019'
].join('\r\n');

async function makeSchoolByKeyboard(page: Page): Promise<void> {
	await enterOn(page, page.getByRole('link', { name: 'Nieuwe school op dit apparaat' }));
	await typeIn(page, page.getByLabel('Naam van de school'), school.name);
	await typeIn(page, page.getByLabel('BRIN of instellingsnummer'), school.number);
	await typeIn(page, page.getByLabel('Uw naam'), school.ownName);
	await typeIn(page, passwordField(page), school.password);
	await typeIn(page, passwordField(page, 'Wachtwoord nogmaals'), school.password);
	await page.keyboard.press('Enter');
	await tabTo(page, page.getByLabel('Ik heb de herstelcode afgedrukt of opgeschreven'));
	await page.keyboard.press('Space');
	await enterOn(page, page.getByRole('button', { name: 'Naar mijn school' }));
	await expect(page.getByRole('heading', { name: 'Ingeschreven leerlingen' })).toBeVisible();
}

async function importByKeyboard(page: Page): Promise<void> {
	// Asked for before any key: the browser must know by then that no dialog is to open.
	const chooser = page.waitForEvent('filechooser', { timeout: 60_000 });
	await enterOn(page, page.getByRole('link', { name: 'Importeren', exact: true }));
	await tabTo(page, page.getByLabel('Bestand uit uw administratiepakket'));
	await page.keyboard.press('Enter');
	await (await chooser).setFiles([textFile('leerlingen.csv', pupils)]);
	await expectStep(page, 'Controleren');
	const doubt = page.getByLabel('Keuze voor Sam De Smet: Gegeven niet te lezen');
	await enterOn(page, page.getByRole('button', { name: /^1 Twijfel/ }));
	await tabTo(page, doubt);
	await page.keyboard.type('Overnemen');
	await expect(doubt.locator('option:checked')).toHaveText('Overnemen zonder dit gegeven');
	await enterOn(page, page.getByRole('button', { name: 'Importeren', exact: true }));
	await expectImported(page);
	await enterOn(page, page.getByRole('link', { name: 'Naar de leerlingen' }));
	await expectRows(page, 3);
}

async function saveByKeyboard(page: Page) {
	const download = page.waitForEvent('download', { timeout: 60_000 });
	await enterOn(page, page.getByRole('button', { name: 'Bewaren en afdrukken' }));
	return download;
}

test('from an empty device to printed cards, changed, undone and unlocked again, with the keyboard alone', async ({
	page
}) => {
	test.slow();
	await notePublicKeys(page.context());
	await page.goto('/');
	await makeSchoolByKeyboard(page);
	const publicKey = await publicKeyOf(page);
	await importByKeyboard(page);

	await test.step('make accounts for all of them', async () => {
		await tabTo(page, pupilTable(page).getByRole('row').nth(1));
		await page.keyboard.press('Control+a');
		await expectSelected(page, 3);
		await enterOn(page, page.getByRole('link', { name: "Bulk: maak LeerID's aan" }));
		const printed = await readPrintedZip(await saveByKeyboard(page), publicKey);
		expect(Object.keys(printed.passwords)).toHaveLength(3);
		// Back in the list by itself.
		await expect(page.getByRole('heading', { name: 'Ingeschreven leerlingen' })).toBeVisible();
	});

	await test.step('find one, give her another user name, and take that back', async () => {
		await page.keyboard.press('/');
		await page.keyboard.type('lou maes');
		await expectRows(page, 1);
		await tabTo(page, pupilTable(page).getByRole('row').nth(1));
		await page.keyboard.press('Enter');
		await enterOn(page, page.getByRole('button', { name: 'Pas aanmeldgegevens aan' }));
		await enterOn(page, page.getByRole('button', { name: 'pas gebruikersnaam aan' }));
		const dialog = page.getByRole('dialog', { name: 'LeerID aanmeldgegevens' });
		await typeIn(page, dialog.getByLabel('Gebruikersnaam'), 'lou.m');
		await saveByKeyboard(page);
		await expect(valueOf(page, 'Gebruikersnaam')).toHaveText('lou.m');
		await expect(page.getByText('Het LeerID is succesvol aangepast.')).toBeVisible();
		await enterOn(page, page.getByRole('button', { name: 'Ongedaan maken' }).last());
		await expect(valueOf(page, 'Gebruikersnaam')).toHaveText('lou.maes');
	});

	await test.step('lock, and unlock', async () => {
		await enterOn(page, page.getByRole('button', { name: `Menu van ${school.ownName}` }));
		const lock = page.getByRole('menuitem', { name: 'Vergrendelen' });
		await tabTo(page, lock, 'ArrowDown');
		await page.keyboard.press('Enter');
		await typeIn(page, passwordField(page), school.password);
		await page.keyboard.press('Enter');
		await expect(page.getByRole('heading', { name: 'Lou Maes', level: 1 })).toBeVisible();
	});
});
