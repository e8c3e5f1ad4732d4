import { expectNoFaults } from './support/axe.ts';
import { openPage, openPupil, pupilTable } from './support/desk.ts';
import { chooseFiles, expectStep, importNow, tile } from './support/import.ts';
import { textFile } from './support/rosters.ts';
import { lock, openDemo, passwordField } from './support/school.ts';
import { expect, test } from './support/test.ts';

test.describe('axe finds nothing', () => {
	test('before anybody is in', async ({ page }) => {
		await page.goto('/');
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await expectNoFaults(page);
		await page.getByRole('link', { name: 'Nieuwe school op dit apparaat' }).click();
		await page.getByRole('button', { name: 'School maken' }).click();
		await expect(passwordField(page)).toHaveAttribute('aria-invalid', 'true');
		await expectNoFaults(page);
	});

	test('at the desk', async ({ page }) => {
		test.slow();
		await openDemo(page);
		await pupilTable(page).getByRole('checkbox').first().click();
		await expectNoFaults(page);
		await page.getByRole('link', { name: 'Vernieuw wachtwoord' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(
			'Bulk: genereer nieuw wachtwoord'
		);
		await expectNoFaults(page);
		for (const name of [
			'Kaart scannen',
			'Importeren',
			'Kaarten',
			'Geschiedenis',
			'Accounts',
			'Instellingen'
		]) {
			await openPage(page, name);
			await expectNoFaults(page);
		}
	});

	test('where cards are handed out', async ({ page }) => {
		await openDemo(page);
		for (const name of ['Uitreiken', 'Klasoverzicht']) {
			await openPage(page, 'Kaarten');
			await page.getByRole('link', { name }).click();
			await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
			await expectNoFaults(page);
		}
		await page.goBack();
		await page.getByRole('link', { name: 'Uitreiken' }).click();
		await page.getByRole('grid', { name: 'Per groep' }).getByRole('link').first().click();
		await expect(page.getByRole('button', { name: 'Uitreiking afsluiten' })).toBeVisible();
		await expectNoFaults(page);
		await page.getByRole('button', { name: 'Uitreiking afsluiten' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Uitreiking afgesloten');
		await expectNoFaults(page);
	});

	test('with the accounts of parents', async ({ page }) => {
		await openDemo(page);
		await openPage(page, 'Accounts');
		await page.getByRole('link', { name: 'Ouders', exact: true }).click();
		const parents = page.getByRole('grid', { name: 'Ouders' });
		await parents.getByRole('checkbox').nth(1).click();
		await expectNoFaults(page);
		await parents.getByRole('link').first().click();
		await expect(page.getByRole('heading', { name: 'Kinderen' })).toBeVisible();
		await expectNoFaults(page);
	});

	test('of one pupil', async ({ page }) => {
		await openDemo(page);
		await openPupil(page, 'Hatice Arslan');
		await expectNoFaults(page);
		await page.getByRole('button', { name: 'Pas aanmeldgegevens aan' }).click();
		await expect(page.getByRole('dialog', { name: 'LeerID aanmeldgegevens' })).toBeVisible();
		await expectNoFaults(page);
		await page.keyboard.press('Escape');
		await page.getByRole('tab', { name: 'Detail account historiek' }).click();
		await expect(page.getByRole('list', { name: 'Geschiedenis' })).toBeVisible();
		await expectNoFaults(page);
	});

	test('of an import', async ({ page }) => {
		await openDemo(page);
		await chooseFiles(page, [textFile('a.csv', 'Iets;Wat\r\n1001;Noor')]);
		await expectStep(page, 'Kolommen');
		await expectNoFaults(page);
		await page.getByRole('link', { name: 'Ander bestand' }).click();
		const rows = ['9001;Noor;Proef;02/01/2019', '9001;Sam;Proef;31/02/2019'];
		const head = 'Stamnummer;Voornaam;Naam;Geboortedatum';
		await chooseFiles(page, [textFile('b.csv', [head, ...rows].join('\r\n'))]);
		await expectStep(page, 'Controleren');
		await expectNoFaults(page);
		await tile(page, 'Twijfel').click();
		await expectNoFaults(page);
		await importNow(page);
		await expectNoFaults(page);
	});

	test('of accounts, cards and the recovery code', async ({ page }) => {
		test.slow();
		await openDemo(page);
		await openPage(page, 'Kaarten');
		await page.getByRole('grid', { name: 'Kaarten' }).getByRole('link').first().click();
		await expect(page.getByRole('grid', { name: 'De kaarten' })).toBeVisible();
		await expectNoFaults(page);
		await openPage(page, 'Accounts');
		await page.getByRole('grid', { name: 'Medewerkers' }).getByRole('link').first().click();
		await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Medewerkers');
		await expectNoFaults(page);
		await openPage(page, 'Accounts');
		await page.getByRole('link', { name: 'Account toevoegen' }).click();
		await page.getByRole('button', { name: 'Account maken' }).click();
		await expectNoFaults(page);
		await page.goto('/beheer/instellingen/herstelcode');
		await expect(page.getByRole('button', { name: 'Inloggen', exact: true })).toBeVisible();
		await expectNoFaults(page);
	});

	test('of creating accounts in bulk, of the commands, and when locked', async ({ page }) => {
		await openDemo(page);
		await pupilTable(page).getByRole('checkbox').first().click();
		await page.getByRole('link', { name: "Bulk: maak LeerID's aan" }).click();
		await expect(page.getByRole('button', { name: 'Bewaren en afdrukken' })).toBeVisible();
		await expectNoFaults(page);
		await page.keyboard.press('Control+k');
		await expect(page.getByRole('combobox', { name: /^Zoek een leerling/ })).toBeFocused();
		await expectNoFaults(page);
		await page.keyboard.press('Escape');
		await lock(page);
		await expectNoFaults(page);
	});
});

test.describe('on a phone', () => {
	test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

	test('axe finds nothing in the list and on a pupil’s page', async ({ page }) => {
		await openDemo(page);
		await expectNoFaults(page);
		await openPupil(page, 'Hatice Arslan');
		await expectNoFaults(page);
	});
});
