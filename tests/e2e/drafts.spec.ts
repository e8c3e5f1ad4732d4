import type { Page } from '@playwright/test';
import { openPage, pupilTable } from './support/desk.ts';
import { demoStaff, lock, makeSchool, openDemo, signIn } from './support/school.ts';
import { expect, test } from './support/test.ts';

const restored = 'Wat u eerder invulde, staat er nog. Het is nog niet opgeslagen.';

async function goTo(page: Page, place: string): Promise<void> {
	await page.getByRole('navigation', { name: 'Hoofdnavigatie' }).getByText(place).click();
	await expect(page.getByRole('heading', { name: place, level: 1 })).toBeVisible();
}

/** Nothing more is being written: what was typed is in the vault. */
async function rest(page: Page): Promise<void> {
	await page.waitForTimeout(500);
}

test('what was typed in the settings survives a lock and a reload, and can be cleared', async ({
	page
}) => {
	await makeSchool(page);
	await goTo(page, 'Instellingen');
	const name = page.getByLabel('Naam van de school');
	const before = await name.inputValue();
	await name.fill('De Nieuwe Weg');
	await lock(page);
	await signIn(page);
	await expect(name).toHaveValue('De Nieuwe Weg');
	await expect(page.getByText(restored)).toBeVisible();
	await page.getByLabel('Vergrendelen na minuten zonder gebruik').fill('20');
	await rest(page);
	await page.reload();
	await signIn(page);
	await expect(name).toHaveValue('De Nieuwe Weg');
	await expect(page.getByLabel('Vergrendelen na minuten zonder gebruik')).toHaveValue('20');
	await page.getByRole('button', { name: 'Wissen' }).click();
	await expect(name).toHaveValue(before);
	await rest(page);
	await page.reload();
	await signIn(page);
	await expect(name).toHaveValue(before);
	await expect(page.getByText(restored)).toBeHidden();
});

test('leaving a form with something in it asks first, from a link and from the back button', async ({
	page
}) => {
	await makeSchool(page);
	await openPage(page, 'Accounts');
	await page.getByRole('link', { name: 'Account toevoegen' }).click();
	await page.getByLabel('Naam', { exact: true }).fill('Sofie De Smet');
	const ask = page.getByRole('alertdialog', { name: 'Weggaan zonder op te slaan?' });
	await page.getByRole('link', { name: 'Annuleren' }).click();
	await ask.getByRole('button', { name: 'Blijven' }).click();
	await expect(page.getByLabel('Naam', { exact: true })).toHaveValue('Sofie De Smet');
	await page.goBack();
	await ask.getByRole('button', { name: 'Weggaan' }).click();
	await expect(page.getByRole('heading', { name: 'Medewerkers', level: 1 })).toBeVisible();
	await page.getByRole('link', { name: 'Account toevoegen' }).click();
	await expect(page.getByLabel('Naam', { exact: true })).toHaveValue('');
});

test('a lock in the middle of a bulk action keeps the ticked pupils', async ({ page }) => {
	await openDemo(page);
	await page
		.getByRole('searchbox', { name: 'Zoek op stamnummer, naam of voornaam' })
		.fill('peeters');
	await page
		.getByRole('checkbox', { name: /^Selecteer / })
		.first()
		.check();
	await page
		.getByRole('checkbox', { name: /^Selecteer / })
		.nth(1)
		.check();
	await expect(page.getByText('Aantal geselecteerde leerlingen: 2')).toBeVisible();
	await page.getByRole('link', { name: 'Vernieuw wachtwoord' }).click();
	const heading = page.getByRole('heading', { name: 'Bulk: genereer nieuw wachtwoord' });
	await expect(heading).toBeVisible();
	await lock(page);
	await signIn(page, demoStaff);
	await expect(heading).toBeVisible();
	await page
		.getByRole('link', { name: 'Annuleren' })
		.or(page.getByRole('button', { name: 'Annuleren' }))
		.click();
	await expect(pupilTable(page)).toBeVisible();
	await expect(page.getByText('Aantal geselecteerde leerlingen: 2')).toBeVisible();
	await expect(
		page.getByRole('searchbox', { name: 'Zoek op stamnummer, naam of voornaam' })
	).toHaveValue('peeters');
});

test('the dialog of a LeerID opens again with the user name that was typed', async ({ page }) => {
	await openDemo(page);
	await page
		.getByRole('searchbox', { name: 'Zoek op stamnummer, naam of voornaam' })
		.fill('peeters');
	await pupilTable(page).getByRole('link').first().click();
	await page.getByRole('button', { name: 'Pas aanmeldgegevens aan' }).click();
	const dialog = page.getByRole('dialog', { name: 'LeerID aanmeldgegevens' });
	await dialog.getByRole('button', { name: 'pas gebruikersnaam aan' }).click();
	await dialog.getByLabel('Gebruikersnaam').fill('heel.nieuw');
	await rest(page);
	await page.reload();
	await signIn(page, demoStaff);
	await expect(dialog.getByLabel('Gebruikersnaam')).toHaveValue('heel.nieuw');
	await dialog.getByRole('button', { name: 'Annuleer' }).click();
	await page.reload();
	await signIn(page, demoStaff);
	await expect(page.getByRole('button', { name: 'Pas aanmeldgegevens aan' })).toBeVisible();
	await expect(dialog).toBeHidden();
});

test('a dialog that is opened before its draft was looked for stays open', async ({ page }) => {
	await openDemo(page);
	await page
		.getByRole('searchbox', { name: 'Zoek op stamnummer, naam of voornaam' })
		.fill('peeters');
	await rest(page);
	// The key that a draft is kept under is a digest.
	await page.evaluate(() => {
		const { digest } = Object.getOwnPropertyDescriptors(SubtleCrypto.prototype);
		const { promise, resolve } = Promise.withResolvers<undefined>();
		SubtleCrypto.prototype.digest = async function (...args) {
			await promise;
			return (digest.value as SubtleCrypto['digest']).apply(this, args);
		};
		addEventListener('look', () => resolve(undefined));
	});
	await pupilTable(page).getByRole('link').first().click();
	await page.getByRole('button', { name: 'Pas aanmeldgegevens aan' }).click();
	const dialog = page.getByRole('dialog', { name: 'LeerID aanmeldgegevens' });
	await expect(dialog).toBeVisible();
	await page.evaluate(() => dispatchEvent(new Event('look')));
	await rest(page);
	await expect(dialog).toBeVisible();
});
