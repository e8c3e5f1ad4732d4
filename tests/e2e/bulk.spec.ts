import type { Locator, Page } from '@playwright/test';
import {
	chooseFilter,
	expectRows,
	expectSelected,
	pupilTable,
	rowBoxes,
	saveAndPrint,
	openPage
} from './support/desk.ts';
import { cardsOfExcel, passwords, unzip } from './support/papers.ts';
import { openDemo } from './support/school.ts';
import { expect, test } from './support/test.ts';

/** Ticks everybody in some groups. */
async function select(page: Page, groups: readonly string[], count: number): Promise<void> {
	await chooseFilter(page, 'Administratieve groep', groups);
	await expectRows(page, count);
	const all = pupilTable(page).getByRole('checkbox', { name: `Alle ${count} selecteren` });
	await all.check();
	await expectSelected(page, count);
}

/** A list of *Bulk: genereer nieuw wachtwoord*: heading, words and table. */
function section(page: Page, name: string): Locator {
	return page.getByRole('region', { name, exact: true });
}

test.beforeEach(async ({ page }) => openDemo(page));

test('in bulk, linked addresses and pupils without an active account are set apart, with the reasons', async ({
	page
}) => {
	await select(page, ['2e lj 3e gr Elektromechanica TSO'], 35);
	await page.getByRole('link', { name: 'Vernieuw wachtwoord' }).click();
	await expect(
		page.getByRole('heading', { name: 'Bulk: genereer nieuw wachtwoord' })
	).toBeVisible();

	const without = section(page, 'Leerlingen zonder e-mailadres');
	await expect(without.getByText('Totaal aantal rijen: 16')).toBeVisible();
	await expect(without.getByText('nieuw gevorderd wachtwoord').first()).toBeVisible();
	for (const heading of ['Naam + stamnummer', 'Gebruikersnaam', 'Wachtwoord']) {
		await expect(without.getByRole('columnheader', { name: heading })).toBeVisible();
	}

	const linked = section(page, "LeerID's met gekoppeld e-mailadres");
	await expect(
		linked.getByText(
			"Je kan geen nieuw wachtwoord genereren voor LeerID's met een gekoppeld e-mailadres"
		)
	).toBeVisible();
	await expect(
		linked.getByText(/^Leerlingen die een e-mailadres hebben gekoppeld aan hun LeerID kunnen zelf/)
	).toBeVisible();
	await expect(linked.getByText('Totaal aantal rijen: 4')).toBeVisible();
	await expect(linked.getByRole('checkbox')).toHaveCount(0);
	await expect(linked.getByRole('gridcell', { name: /^.\*{5}.@/ })).toHaveCount(4);

	const inactive = section(page, 'Leerlingen zonder actief account');
	await expect(inactive.getByText('Totaal aantal rijen: 15')).toBeVisible();
	await expect(inactive.getByText('Inactief').first()).toBeVisible();
	await expect(inactive.getByText('Geen account').first()).toBeVisible();

	await rowBoxes(without).first().uncheck();
	const files = await unzip(await saveAndPrint(page));
	await expect(page.getByText(/^15 wachtwoorden zijn vernieuwd/)).toBeVisible();
	const cards = await cardsOfExcel(files.get('aanmeldgegevens.xlsx') ?? new Uint8Array());
	expect(cards).toHaveLength(15);
});

test('a bulk renewal is undone as a whole, and its cards are then no longer for printing', async ({
	page
}) => {
	await select(page, ['6de leerjaar'], 24);
	await page.getByRole('link', { name: 'Vernieuw wachtwoord' }).click();
	await saveAndPrint(page);
	await expect(page.getByText(/^24 wachtwoorden zijn vernieuwd/)).toBeVisible();
	await page.getByRole('button', { name: 'Ongedaan maken', exact: true }).click();
	await expect(page.getByText('Ongedaan gemaakt.')).toBeVisible();
	await openPage(page, 'Kaarten');
	await page.getByRole('grid', { name: 'Kaarten' }).getByRole('link').first().click();
	await expect(page.getByRole('heading', { name: '6de leerjaar', level: 1 })).toBeVisible();
	await expect(page.getByText('Deze kaarten zijn ingetrokken. Gooi ze weg.')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Opnieuw afdrukken' })).toHaveCount(0);
});

test('a print that is stopped keeps the new passwords, says so, and is printed again', async ({
	page
}) => {
	await pupilTable(page).getByRole('checkbox', { name: 'Alle 420 selecteren' }).check();
	await page.getByRole('link', { name: 'Vernieuw wachtwoord' }).click();
	const sheets = page.getByRole('group', { name: 'Stickervellen' }).getByRole('checkbox');
	for (const sheet of await sheets.all()) await sheet.check();
	await page.getByRole('button', { name: 'Bewaren en afdrukken' }).click();
	const progress = page.getByRole('dialog', { name: 'De kaarten worden gemaakt' });
	await progress.getByRole('button', { name: 'Annuleren' }).click();
	await expect(page.getByText(/^Het afdrukken is gestopt\. De nieuwe wachtwoorden/)).toBeVisible();

	const banner = page.getByText(/^De kaarten van .* zijn nog niet opgeslagen\. Niemand heeft/);
	await expect(banner).toBeVisible();
	const download = page.waitForEvent('download', { timeout: 60_000 });
	await page.getByRole('button', { name: 'Opnieuw afdrukken' }).click();
	const files = await unzip(await download);
	const cards = await cardsOfExcel(files.get('aanmeldgegevens.xlsx') ?? new Uint8Array());
	expect(Object.keys(passwords(cards))).toHaveLength(346);
	await expect(banner).toBeHidden();
});

test('LeerIDs are made in bulk for who has none, and nobody else gets another', async ({
	page
}) => {
	await select(page, ['1ste leerjaar A', '1ste leerjaar B'], 43);
	await page.getByRole('link', { name: "Bulk: maak LeerID's aan" }).click();
	const will = section(page, 'Leerlingen die een LeerID krijgen');
	await expect(will.getByText('Totaal aantal rijen: 21')).toBeVisible();
	const cannot = section(page, 'Leerlingen die geen LeerID krijgen');
	await expect(cannot.getByText('Totaal aantal rijen: 22')).toBeVisible();
	await expect(cannot.getByText('heeft al een LeerID').first()).toBeVisible();
	await page.getByRole('radio', { name: 'Afbeeldingswachtwoord' }).check();
	const files = await unzip(await saveAndPrint(page));
	await expect(page.getByText(/^21 LeerID's zijn gemaakt/)).toBeVisible();
	const cards = await cardsOfExcel(files.get('aanmeldgegevens.xlsx') ?? new Uint8Array());
	expect(cards).toHaveLength(21);
	for (const { userName, password } of cards) {
		expect(userName).toMatch(/^[a-z0-9.-]+$/);
		expect(password.split(', ')).toHaveLength(5);
	}
	await chooseFilter(page, 'Administratieve groep', ['1ste leerjaar B']);
	await chooseFilter(page, 'Status', ['Actief']);
	await expectRows(page, 21);
});
