import type { Locator, Page } from '@playwright/test';
import { openPupil, saveAndPrint, valueOf } from './support/desk.ts';
import { openDemo } from './support/school.ts';
import { expect, test } from './support/test.ts';

async function giveUserName(page: Page, userName: string): Promise<void> {
	await openDialog(page, userName);
	await saveAndPrint(page);
	await expect(page.getByText('Het LeerID is succesvol aangepast.')).toBeVisible();
}

async function openDialog(page: Page, userName: string): Promise<void> {
	await page.getByRole('button', { name: 'Pas aanmeldgegevens aan' }).click();
	await page.getByRole('button', { name: 'pas gebruikersnaam aan' }).click();
	await page.getByRole('dialog').getByLabel('Gebruikersnaam').fill(userName);
}

/** Another tab of the same sign-in, on a pupil's page. */
async function otherTab(page: Page, pupil: string): Promise<Page> {
	const other = await page.context().newPage();
	await other.goto('/beheer/leerlingen');
	await openPupil(other, pupil);
	return other;
}

test.beforeEach(async ({ page }) => openDemo(page));

/** Two tabs give a pupil a user name: this one has lost, and is asked what it should be. */
async function loseConflict(page: Page): Promise<{ other: Page; dialog: Locator }> {
	await openPupil(page, 'Hatice Arslan');
	const other = await otherTab(page, 'Hatice Arslan');
	await openDialog(other, 'hatice.b');
	await giveUserName(page, 'hatice.a');
	await expect(valueOf(other, 'Gebruikersnaam')).toHaveText('hatice.a');
	const dialog = other.getByRole('dialog', { name: 'LeerID aanmeldgegevens' });
	await dialog.getByRole('button', { name: 'Bewaren en afdrukken' }).click();
	await expect(dialog.getByText(/^Dit is intussen gewijzigd/)).toBeVisible();
	await expect(dialog.getByRole('group', { name: 'Gebruikersnaam' })).toContainText('hatice.a');
	await expect(dialog.getByRole('textbox', { name: 'Gebruikersnaam' })).toHaveValue('hatice.b');
	return { other, dialog };
}

test('a change in one tab is asked about in the other, and mine is printed over it', async ({
	page
}) => {
	const { other, dialog } = await loseConflict(page);
	for (const field of ['Gebruikersnaam', 'Wachtwoord']) {
		await dialog.getByRole('button', { name: `Houd wat ik invulde: ${field}` }).click();
	}
	await expect(dialog.getByText('U hebt gekozen.')).toBeVisible();
	await saveAndPrint(other);
	await expect(valueOf(page, 'Gebruikersnaam')).toHaveText('hatice.b');
});

test('a change in one tab is asked about in the other, and theirs stands', async ({ page }) => {
	const { other, dialog } = await loseConflict(page);
	for (const field of ['Gebruikersnaam', 'Wachtwoord']) {
		await dialog.getByRole('button', { name: `Neem de andere waarde over: ${field}` }).click();
	}
	await expect(dialog.getByText('Er is niets meer op te slaan.')).toBeVisible();
	await expect(dialog.getByRole('button', { name: 'Bewaren en afdrukken' })).toBeDisabled();
	await dialog.getByRole('button', { name: 'Annuleer' }).click();
	await expect(valueOf(other, 'Gebruikersnaam')).toHaveText('hatice.a');
});

test('a user name that another tab just gave is refused in this one', async ({ page }) => {
	await openPupil(page, 'Hatice Arslan');
	const other = await otherTab(page, 'Chaimae Azzouzi');
	await openDialog(other, 'de.nieuwe');
	await giveUserName(page, 'de.nieuwe');
	await expect(
		other.getByText('De gebruikersnaam de.nieuwe is al in gebruik. Kies een andere.')
	).toBeVisible();
});
