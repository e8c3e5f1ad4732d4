import type { Download, Locator, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { openPage, openPupil, valueOf } from './support/desk.ts';
import { importFiles } from './support/import.ts';
import { openPdf, textsOf, unzip } from './support/papers.ts';
import { textFile } from './support/rosters.ts';
import { demoDay, makeSchool, openDemo } from './support/school.ts';
import { expect, test } from './support/test.ts';

/** A group of the demo school whose parents have no accounts yet. */
const group = '1ste leerjaar A';

const parents = (page: Page): Locator => page.getByRole('grid', { name: 'Ouders' });

async function openTab(page: Page, name: 'Medewerkers' | 'Ouders' | 'Leerlingen'): Promise<void> {
	await openPage(page, 'Accounts');
	await page
		.getByRole('navigation', { name: 'Soort account' })
		.getByRole('link', { name, exact: true })
		.click();
	await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

async function filter(page: Page, list: string, label: string, value: string): Promise<void> {
	await page.getByRole('group', { name: list }).getByRole('button', { name: label }).click();
	const choices = page.getByRole('dialog', { name: label });
	await choices.getByRole('checkbox', { name: value }).check();
	await page.keyboard.press('Escape');
	await expect(choices).toBeHidden();
}

async function download(page: Page, deed: () => Promise<void>): Promise<Download> {
	const waiting = page.waitForEvent('download', { timeout: 60_000 });
	await deed();
	return waiting;
}

/** The texts of every page of letters. */
async function pagesOf(bytes: Uint8Array): Promise<string[]> {
	const pdf = await openPdf(bytes);
	const pages: string[] = [];
	for (let page = 1; page <= pdf.numPages; page++) {
		pages.push((await textsOf(pdf, page)).map(({ text }) => text).join('\n'));
	}
	await pdf.loadingTask.destroy();
	return pages;
}

test('a whole group of parents gets accounts with a letter each, and loses them by an undo', async ({
	page
}) => {
	test.slow();
	await openDemo(page);
	await openTab(page, 'Ouders');
	await filter(page, 'Ouders', 'Administratieve groep', group);
	await expect(parents(page).getByText('Geen account').first()).toBeVisible();
	await parents(page)
		.getByRole('checkbox', { name: /^Alle \d+ selecteren$/ })
		.check();
	await page.getByRole('button', { name: 'Accounts maken' }).click();
	const ask = page.getByRole('alertdialog', { name: 'Accounts maken?' });
	const zip = await download(page, () =>
		ask.getByRole('button', { name: 'Maken en afdrukken' }).click()
	);
	expect(zip.suggestedFilename()).toBe(`${group} 2026-11-10.zip`);
	const pages = await pagesOf((await unzip(zip)).get('brieven-a4.pdf') ?? new Uint8Array());
	const rows = await parents(page).getAttribute('aria-rowcount');
	// Some have a child in another group too, and an account already.
	expect(pages.length).toBeGreaterThan(20);
	expect(pages.length).toBeLessThan(Number(rows));
	for (const text of pages) {
		expect(text).toMatch(/Gebruikersnaam\n[a-z]+\d*\n/);
		expect(text).toMatch(/Wachtwoord\n[A-Za-z0-9]{8}$/);
	}
	const passwords = pages.map((text) => /Wachtwoord\n(\S+)/.exec(text)?.[1]);
	expect(new Set(passwords).size).toBe(pages.length);
	await expect(parents(page).getByText('Geen account')).toHaveCount(0);
	await page.getByRole('button', { name: 'Ongedaan maken' }).click();
	await expect(parents(page).getByText('Geen account').first()).toBeVisible();
});

test('every list of accounts is searched, saved with what is found, and printed with where it comes from', async ({
	page
}) => {
	await openDemo(page);
	await page.evaluate(() => {
		window.print = () => window.dispatchEvent(new Event('beforeprint'));
	});
	const files = [];
	for (const name of ['Medewerkers', 'Ouders', 'Leerlingen'] as const) {
		await openTab(page, name);
		const search = page.getByRole('searchbox').first();
		await search.fill('niemand heet zo');
		await expect(page.getByText('Niets past bij dit filter.')).toBeVisible();
		await page.getByRole('button', { name: 'Filter wissen' }).click();
		await expect(search).toHaveValue('');
		const save = page.getByRole('button', { name: 'Lijst opslaan (Excel)' }).first();
		files.push((await download(page, () => save.click())).suggestedFilename());
		await page.getByRole('button', { name: 'Lijst afdrukken' }).click();
		await page.emulateMedia({ media: 'print' });
		const rows = await page
			.getByRole('grid', { name, includeHidden: true })
			.getAttribute('aria-rowcount');
		const paper = page.getByRole('table', { name, exact: true });
		await expect(paper.getByRole('row')).toHaveCount(Number(rows));
		await expect(page.getByText(/ · 10 november 2026$/)).toBeVisible();
		await page.emulateMedia({ media: 'screen' });
		await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
	}
	expect(files).toEqual(['medewerkers.xlsx', 'ouders.xlsx', 'accounts van leerlingen.xlsx']);
});

test('a blocked parent is let in again by unticking the box', async ({ page }) => {
	await openDemo(page);
	await openTab(page, 'Ouders');
	await filter(page, 'Ouders', 'Status', 'Geblokkeerd');
	await expect(parents(page).getByRole('link')).toHaveCount(1);
	await parents(page).getByRole('link').click();
	const box = page.getByRole('checkbox', { name: 'Account is geblokkeerd' });
	await expect(box).toBeChecked();
	await expect(page.getByText(/: te vaak een verkeerd wachtwoord/)).toBeVisible();
	await box.uncheck();
	await expect(page.getByText(/kan zich weer aanmelden\.$/)).toBeVisible();
	await expect(valueOf(page, 'Status')).toHaveText('In gebruik');
	await page.getByRole('button', { name: 'Ongedaan maken' }).first().click();
	await expect(box).toBeChecked();
});

test('a stranger’s reset is told until somebody has seen to it', async ({ page }) => {
	await openDemo(page);
	await openTab(page, 'Ouders');
	const told = page.getByText(/liet weten: dit ben ik niet/);
	await expect(told).toBeVisible();
	await page.getByRole('button', { name: 'Afgehandeld' }).click();
	await expect(told).toBeHidden();
});

test('one parent gets an account, a letter, another letter, and an archived one opens again', async ({
	page
}) => {
	test.slow();
	await page.clock.install({ time: demoDay });
	await makeSchool(page);
	const rows = [
		'Stamnummer;Voornaam;Naam;Voornaam ouder 1;Achternaam ouder 1;E-mail ouder 1',
		'1001;Noor;Peeters;Jan;van der Berg;jan@example.org'
	];
	await importFiles(page, [textFile('a.csv', rows.join('\r\n'))]);
	await openTab(page, 'Ouders');
	await parents(page).getByRole('link').click();
	const letter = await download(page, () =>
		page.getByRole('button', { name: 'Account maken' }).click()
	);
	expect(letter.suggestedFilename()).toMatch(/\.pdf$/);
	const [first = ''] = await pagesOf(new Uint8Array(await readFile(await letter.path())));
	expect(first).toContain('jvanderberg');
	expect(first).toContain('Ouder of verzorger van Noor Peeters');
	await expect(page.getByLabel('Gebruikersnaam')).toHaveValue('jvanderberg');
	await expect(page.getByLabel('E-mailadres')).toHaveValue('jan@example.org');
	await page.getByRole('button', { name: 'Nieuwe brief' }).click();
	const ask = page.getByRole('alertdialog', { name: 'Nieuwe brief' });
	const other = await download(page, () =>
		ask.getByRole('button', { name: 'Nieuwe brief' }).click()
	);
	const [second = ''] = await pagesOf(new Uint8Array(await readFile(await other.path())));
	const passwordOf = (text: string) => /Wachtwoord\n(\S+)/.exec(text)?.[1];
	expect(passwordOf(second)).not.toBe(passwordOf(first));
	await page.getByRole('button', { name: 'Archiveren' }).click();
	await page.getByRole('alertdialog').getByRole('button', { name: 'Archiveren' }).click();
	await expect(valueOf(page, 'Status')).toHaveText('Gearchiveerd');
	await page.getByRole('button', { name: 'Account weer openen' }).click();
	await download(page, () =>
		page.getByRole('alertdialog').getByRole('button', { name: 'Account weer openen' }).click()
	);
	await expect(valueOf(page, 'Status')).toHaveText('Brief gemaakt');
});

test('a teacher sees the groups that are ticked', async ({ page }) => {
	await openDemo(page);
	await openTab(page, 'Medewerkers');
	const staff = page.getByRole('grid', { name: 'Medewerkers' });
	await staff.getByRole('link', { name: 'Ann De Ridder' }).click();
	const groups = page.getByRole('group', { name: 'Groepen van deze leerkracht' });
	await expect(groups.getByRole('checkbox', { checked: true })).toHaveCount(1);
	await groups.getByRole('checkbox', { name: '6de leerjaar' }).check();
	await page.getByRole('button', { name: 'Opslaan' }).click();
	await expect(page.getByText('Het account is aangepast.')).toBeVisible();
	await page.getByRole('button', { name: 'Ongedaan maken' }).first().click();
	await expect(groups.getByRole('checkbox', { checked: true })).toHaveCount(1);
});

test('a pupil is blocked at their page, and stands so in its history and the list of accounts', async ({
	page
}) => {
	await openDemo(page);
	await openPupil(page, 'Hatice Arslan');
	await page.getByRole('checkbox', { name: 'Account is geblokkeerd' }).check();
	await expect(page.getByText('Het account van Hatice Arslan is geblokkeerd.')).toBeVisible();
	await page.getByRole('tab', { name: 'Account historiek', exact: true }).click();
	const history = page.getByRole('list', { name: 'Geschiedenis' });
	await expect(history.getByRole('listitem').first()).toContainText('Account geblokkeerd');
	await openTab(page, 'Leerlingen');
	await filter(page, 'Leerlingen', 'Status', 'Geblokkeerd');
	const list = page.getByRole('grid', { name: 'Leerlingen' });
	await expect(list.getByRole('link')).toHaveText(['Hatice Arslan']);
});

test('of a pupil of eighteen the consent to what parents see is recorded', async ({ page }) => {
	await page.clock.install({ time: demoDay });
	await makeSchool(page);
	const rows = ['Stamnummer;Voornaam;Naam;Geboortedatum', '1001;Noor;Peeters;10-11-2008'];
	await importFiles(page, [textFile('a.csv', rows.join('\r\n'))]);
	await openPage(page, 'Leerlingen');
	await openPupil(page, 'Noor Peeters');
	await expect(page.getByText(/De ouders zien de gegevens niet/)).toBeVisible();
	await page.getByRole('button', { name: 'Toestemming vastleggen' }).click();
	const dialog = page.getByRole('dialog', { name: 'Toestemming vastleggen' });
	await dialog.getByRole('button', { name: 'Vastleggen' }).click();
	await expect(dialog.getByText('Vul dit in')).toBeVisible();
	await dialog.getByLabel('Hoe weet u wat de leerling wil?').fill('Noor kwam langs.');
	await dialog.getByRole('button', { name: 'Vastleggen' }).click();
	await expect(
		page.getByText('Door de school vastgelegd op 10 november 2026: Noor kwam langs.')
	).toBeVisible();
	await page.getByRole('button', { name: 'Ongedaan maken' }).first().click();
	await expect(page.getByText(/De ouders zien de gegevens niet/)).toBeVisible();
});
