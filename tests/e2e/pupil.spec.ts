import type { Page } from '@playwright/test';
import {
	expectRows,
	openPupil,
	pupilTable,
	saveAndPrint,
	search,
	valueOf
} from './support/desk.ts';
import { cardsOf, openPdf, unzip } from './support/papers.ts';
import { openDemo } from './support/school.ts';
import { expect, test } from './support/test.ts';

const adjusted = 'Het LeerID is succesvol aangepast.';

/** *Pas aanmeldgegevens aan*: opens the dialog. */
async function adjust(page: Page) {
	await page.getByRole('button', { name: 'Pas aanmeldgegevens aan' }).click();
	return page.getByRole('dialog', { name: 'LeerID aanmeldgegevens' });
}

test.beforeEach(async ({ page }) => openDemo(page));

test('a new password for one pupil is saved, printed and told, and keeps its kind', async ({
	page
}) => {
	await openPupil(page, 'Hatice Arslan');
	await expect(page.getByRole('heading', { name: 'Basis LeerID' })).toBeVisible();
	await expect(
		page.getByText('Wordt automatisch inactief bij einde inschrijving - ')
	).toBeVisible();
	await expect(valueOf(page, 'Wachtwoord type')).toHaveText('Basis wachtwoord');
	const dialog = await adjust(page);
	await expect(dialog.getByText('Dit LeerID heeft een basiswachtwoord')).toBeVisible();
	await expect(dialog.getByRole('button', { name: 'Bewaren en afdrukken' })).toBeDisabled();
	await dialog.getByRole('button', { name: 'genereer nieuw wachtwoord' }).click();
	const zip = await saveAndPrint(page);
	expect(zip.suggestedFilename()).toBe('Hatice Arslan 2026-11-10.zip');
	await expect(page.getByText(adjusted)).toBeVisible();
	await expect(dialog).toBeHidden();

	const files = await unzip(zip);
	expect([...files.keys()]).toEqual([
		'brieven-a4.pdf',
		'stickers-L7160.pdf',
		'stickers-L7163.pdf',
		'stickers-L4770.pdf'
	]);
	const [card] = await cardsOf(await openPdf(files.get('brieven-a4.pdf') ?? new Uint8Array()));
	expect(card?.userName).toBe('hatice.arslan');
	expect(card?.password).toMatch(/^(?=.{6}$)\d{0,3}[a-z]{3}\d{0,3}$/);
});

test('a user name that somebody has is refused with a reason, a free one brings a new password', async ({
	page
}) => {
	await openPupil(page, 'Hatice Arslan');
	const dialog = await adjust(page);
	await expect(dialog.getByText(/^Bij het aanpassen van een gebruikersnaam/)).toBeVisible();
	await dialog.getByRole('button', { name: 'pas gebruikersnaam aan' }).click();
	const name = dialog.getByLabel('Gebruikersnaam');
	await name.fill('chaimae.azzouzi');
	await expect(
		dialog.getByText('De gebruikersnaam chaimae.azzouzi is al in gebruik. Kies een andere.')
	).toBeVisible();
	await expect(dialog.getByRole('button', { name: 'Bewaren en afdrukken' })).toBeDisabled();
	await name.fill('Hatice A!');
	await expect(dialog.getByText(/^Gebruik kleine letters, cijfers/)).toBeVisible();
	await name.fill('hatice.a');
	const zip = await saveAndPrint(page);
	await expect(page.getByText(adjusted)).toBeVisible();
	await expect(valueOf(page, 'Gebruikersnaam')).toHaveText('hatice.a');
	const files = await unzip(zip);
	const [card] = await cardsOf(await openPdf(files.get('brieven-a4.pdf') ?? new Uint8Array()));
	expect(card?.userName).toBe('hatice.a');
});

test('Annuleer and Escape leave everything as it was', async ({ page }) => {
	await openPupil(page, 'Hatice Arslan');
	const dialog = await adjust(page);
	await dialog.getByRole('button', { name: 'genereer nieuw wachtwoord' }).click();
	await dialog.getByRole('button', { name: 'Annuleer' }).click();
	await expect(dialog).toBeHidden();
	await adjust(page);
	await dialog.getByRole('button', { name: 'pas gebruikersnaam aan' }).click();
	await dialog.getByLabel('Gebruikersnaam').fill('hatice.b');
	await page.keyboard.press('Escape');
	await expect(dialog).toBeHidden();
	await expect(valueOf(page, 'Gebruikersnaam')).toHaveText('hatice.arslan');
	await expect(page.getByRole('button', { name: 'Pas aanmeldgegevens aan' })).toBeFocused();
});

test('a basic LeerID changes from word to pictures, which are shown with their names', async ({
	page
}) => {
	await openPupil(page, 'Hatice Arslan');
	const dialog = await adjust(page);
	await dialog.getByRole('radio', { name: 'Afbeeldingswachtwoord' }).check();
	const row = dialog.getByRole('list', { name: 'Afbeeldingswachtwoord' });
	await expect(row.getByRole('listitem')).toHaveCount(5);
	const shown = await row
		.getByRole('img')
		.evaluateAll((pictures) =>
			pictures.map((picture) => picture.getAttribute('aria-label') ?? picture.textContent)
		);
	const files = await unzip(await saveAndPrint(page));
	await expect(page.getByText(adjusted)).toBeVisible();
	await expect(valueOf(page, 'Wachtwoord type')).toHaveText('Afbeeldingswachtwoord');
	for (const paper of ['brieven-a4.pdf', 'stickers-L7160.pdf']) {
		const [card] = await cardsOf(await openPdf(files.get(paper) ?? new Uint8Array()));
		expect(card?.password).toBe(shown.join(', '));
	}
});

test('an advanced LeerID with a linked address can be taken back, said before it happens', async ({
	page
}) => {
	await openPupil(page, 'Fien Claes');
	await expect(page.getByRole('heading', { name: 'Gevorderd LeerID' })).toBeVisible();
	await expect(valueOf(page, 'E-mailadres')).toHaveText(/^f\*{5}.@/);
	const dialog = await adjust(page);
	await expect(dialog.getByText('Dit LeerID heeft een gevorderd wachtwoord')).toBeVisible();
	await dialog
		.getByLabel(
			'Verwijder dit e-mailadres. De leerling kan een nieuw e-mailadres toevoegen bij de eerste succesvolle aanmelding.'
		)
		.check();
	await expect(dialog.getByRole('button', { name: 'genereer een ander wachtwoord' })).toBeVisible();
	const files = await unzip(await saveAndPrint(page));
	await expect(page.getByText(adjusted)).toBeVisible();
	await expect(page.getByRole('term').filter({ hasText: 'E-mailadres' })).toHaveCount(0);
	await expect(valueOf(page, 'Wachtwoord type')).toContainText(
		'Moet nieuw wachtwoord kiezen bij eerste aanmelding'
	);
	const [card] = await cardsOf(await openPdf(files.get('brieven-a4.pdf') ?? new Uint8Array()));
	expect(card?.password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9]{8}$/);
});

test('a new password alone unlinks the address too, and says so', async ({ page }) => {
	await openPupil(page, 'Fien Claes');
	const dialog = await adjust(page);
	await dialog.getByRole('button', { name: 'genereer nieuw wachtwoord' }).click();
	await expect(
		dialog.getByText('Het gekoppelde e-mailadres wordt losgemaakt van dit LeerID.')
	).toBeVisible();
	await saveAndPrint(page);
	await expect(page.getByText(adjusted)).toBeVisible();
	await expect(page.getByRole('term').filter({ hasText: 'E-mailadres' })).toHaveCount(0);
});

test('history tells who did what, from what to what, and takes it back', async ({ page }) => {
	await openPupil(page, 'Hatice Arslan');
	const dialog = await adjust(page);
	await dialog.getByRole('button', { name: 'pas gebruikersnaam aan' }).click();
	await dialog.getByLabel('Gebruikersnaam').fill('hatice.a');
	await saveAndPrint(page);
	await expect(page.getByText(adjusted)).toBeVisible();

	await page.getByRole('tab', { name: 'Detail account historiek' }).click();
	const newest = page.getByRole('list', { name: 'Geschiedenis' }).getByRole('listitem').first();
	await expect(newest).toContainText('Aanmeldgegevens aangepast');
	await expect(newest).toContainText('An Peeters');
	await expect(newest).toContainText('hatice.arslan');
	await expect(newest).toContainText('hatice.a');

	await page.getByRole('tab', { name: 'Account historiek', exact: true }).click();
	await page
		.getByRole('button', { name: 'Ongedaan maken: Aanmeldgegevens aangepast' })
		.first()
		.click();
	await expect(page.getByText('Ongedaan gemaakt.', { exact: true }).last()).toBeVisible();
	await expect(newest).toContainText('Ongedaan gemaakt: Aanmeldgegevens aangepast');
	await page.getByRole('tab', { name: 'Account gegevens' }).click();
	await expect(valueOf(page, 'Gebruikersnaam')).toHaveText('hatice.arslan');
});

test('a toast takes back what was just done, and a reload keeps that', async ({ page }) => {
	await openPupil(page, 'Hatice Arslan');
	const dialog = await adjust(page);
	await dialog.getByRole('button', { name: 'pas gebruikersnaam aan' }).click();
	await dialog.getByLabel('Gebruikersnaam').fill('hatice.a');
	await saveAndPrint(page);
	await expect(page.getByText(adjusted)).toBeVisible();
	await page.getByRole('button', { name: 'Ongedaan maken', exact: true }).click();
	await expect(page.getByText('Ongedaan gemaakt.')).toBeVisible();
	await expect(valueOf(page, 'Gebruikersnaam')).toHaveText('hatice.arslan');
});

test('official data is shown where there is a valid number, else why there is none', async ({
	page
}) => {
	await openPupil(page, 'Hatice Arslan');
	const official = page.getByRole('region', { name: 'Officiële gegevens' });
	await expect(official).toBeVisible();
	const enrolment = page.getByRole('region', { name: 'Inschrijvingsgegevens' });
	for (const label of ['Voornaam', 'Naam', 'Stamnummer', 'Administratieve groep']) {
		await expect(enrolment.getByText(label, { exact: true })).toBeVisible();
	}
	for (const label of ['Voornaam', 'Naam', 'Geslacht', 'Geboortedatum']) {
		await expect(official.getByText(label, { exact: true })).toBeVisible();
	}
	await expect(page.getByText(/\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}/)).toHaveCount(0);
});

test('a pupil without LeerID gets one, with a user name of their own', async ({ page }) => {
	await openPupil(page, 'Winta Asfaha');
	await expect(page.getByText('Deze leerling heeft nog geen LeerID.')).toBeVisible();
	await page.getByRole('button', { name: 'Maak LeerID aan' }).click();
	await expect(page.getByText('winta.asfaha')).toBeVisible();
	await page.getByRole('radio', { name: 'Gevorderd' }).check();
	await saveAndPrint(page);
	await search(page, 'Winta Asfaha');
	await expectRows(page, 1);
	await expect(pupilTable(page).getByRole('row', { name: /Asfaha/ })).toContainText('Actief');
	await expect(pupilTable(page).getByRole('row', { name: /Asfaha/ })).toContainText('Gevorderd');
});

test('two parents of one kind stand under each other', async ({ page }) => {
	await openPupil(page, 'Seppe Aerts');
	const guardians = page.getByRole('term').filter({ hasText: /^(moeder|vader)$/i });
	await expect(guardians).toHaveCount(2);
	expect(new Set(await guardians.allTextContents()).size).toBe(1);
});
