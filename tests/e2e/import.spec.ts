import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import writeExcelFile from 'write-excel-file/node';
import {
	expectRows,
	openPage,
	openPupil,
	pupilTable,
	rowBoxes,
	saveAndPrint,
	search
} from './support/desk.ts';
import {
	chooseFiles,
	expectCounts,
	expectImported,
	expectStep,
	importFiles,
	importNow,
	tile
} from './support/import.ts';
import { bytesFile, oneRosterFiles, textFile } from './support/rosters.ts';
import { demoDay, lock, makeSchool, openDemo, school, signIn } from './support/school.ts';
import { expect, test } from './support/test.ts';

const headings = ['Stamnummer', 'Voornaam', 'Naam', 'Klas', 'Geboortedatum', 'Rijksregisternummer'];
const noor = ['1001', 'Noor', 'Peeters', '1A', '07/03/2019', ''];
const sam = ['1002', 'Sam', 'De Smet', '1A', '21/11/2018', ''];
const emma = ['1003', 'Emma', 'Claes', '1B', '02/01/2019', ''];
const nothing = { Nieuw: 0, Gewijzigd: 0, Twijfel: 0, Vertrokken: 0 };

function table(rows: readonly (readonly string[])[]): string {
	return [headings, ...rows].map((row) => row.join(';')).join('\r\n');
}

async function chooseRows(page: Page, rows: readonly (readonly string[])[]): Promise<void> {
	await chooseFiles(page, [textFile('leerlingen.csv', table(rows))]);
	await expectStep(page, 'Controleren');
}

/** Says what a column of the file means. */
async function mean(page: Page, column: string, field: string): Promise<void> {
	const choice = page.getByLabel(`Betekenis van ${column}`);
	const option = choice.getByRole('option', { name: field }).first();
	await choice.selectOption((await option.getAttribute('value')) ?? '');
}

test.describe('in a new school', () => {
	test.beforeEach(async ({ page }) => {
		await page.clock.install({ time: demoDay });
		await makeSchool(page);
	});

	test('an Excel file is read, and one can be dropped on the page', async ({ page }) => {
		const rows = [headings, noor, sam].map((row) => row.map((value) => ({ value })));
		const bytes = await writeExcelFile(rows).toBuffer();
		await openPage(page, 'Importeren');
		const data = await page.evaluateHandle((base64) => {
			const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
			const transfer = new DataTransfer();
			transfer.items.add(new File([bytes], 'leerlingen.xlsx'));
			return transfer;
		}, bytes.toString('base64'));
		await page
			.getByText('Bestand uit uw administratiepakket')
			.dispatchEvent('drop', { dataTransfer: data });
		await expectStep(page, 'Controleren');
		await expectCounts(page, { ...nothing, Nieuw: 2 });
	});

	test('unknown headings are given their meaning by hand', async ({ page }) => {
		const text = 'Code;Wie;Lokaal\r\n1001;Noor Peeters;1A\r\n1002;Sam De Smet;1B';
		await chooseFiles(page, [textFile('export.csv', text)]);
		await expectStep(page, 'Kolommen');
		await page.getByLabel('Elke rij is een').selectOption('Leerling');
		await expect(page.getByText(/^Kies welke kolom het stamnummer is/)).toBeVisible();
		await expect(page.getByRole('button', { name: 'Verder' })).toBeDisabled();
		await mean(page, 'Code', 'Stamnummer');
		await mean(page, 'Wie', 'Volledige naam');
		await mean(page, 'Lokaal', 'Administratieve groep');
		await page.getByRole('button', { name: 'Verder' }).click();
		await expectStep(page, 'Controleren');
		await expectCounts(page, { Nieuw: 2 });
		await expect(page.getByRole('row', { name: /Noor Peeters/ })).toContainText('1A');
	});

	test('what is in doubt is asked, with its line and reason, and what stays open is left out', async ({
		page
	}) => {
		await chooseRows(page, [
			noor,
			['1002', 'Sam', 'De Smet', '1A', '31/02/2019', ''],
			['1003', 'Emma', 'Claes', '1B', '02/01/2019', '85.07.30-033.29'],
			['1004', 'Lou', 'Maes', '1B', '', ''],
			['1004', 'Kato', 'Maes', '1B', '', '']
		]);
		await tile(page, 'Twijfel').click();
		const doubts = page.getByRole('grid', { name: 'Twijfel' });
		await expect(doubts.getByRole('row', { name: /^3 Sam De Smet/ })).toContainText(
			'Bij Geboortedatum staat “31/02/2019”. Dat kunnen we niet lezen.'
		);
		await expect(doubts.getByRole('row', { name: /^4 Emma Claes/ })).toContainText(
			'Dit is geen geldig rijksregister- of bisnummer: het controlegetal klopt niet.'
		);
		await expect(doubts.getByRole('row', { name: /^5 Lou Maes/ })).toContainText(
			'Nummer 1004 staat ook op regel 6. Een nummer hoort bij één persoon.'
		);
		await page
			.getByLabel('Keuze voor Sam De Smet: Gegeven niet te lezen')
			.selectOption('Overnemen zonder dit gegeven');
		await page
			.getByLabel('Keuze voor Lou Maes: Nummer twee keer gebruikt')
			.selectOption('Deze rij gebruiken');
		await expect(page.getByText(/rijen? in twijfel word(?:t|en) overgeslagen/)).toBeVisible();
		await importNow(page);
		await page.getByRole('link', { name: 'Naar de leerlingen' }).click();
		await expectRows(page, 3);
		for (const name of ['Noor', 'Sam', 'Lou']) {
			await expect(pupilTable(page).getByRole('row', { name: new RegExp(name) })).toBeVisible();
		}
	});

	test('another pupil under a known number is asked about, and gets nobody’s account', async ({
		page
	}) => {
		const heading = 'Stamnummer;Roepnaam;Tussenvoegsel;Achternaam;Groep;Geslacht;Geboortedatum';
		const choose = async (row: string) => {
			await chooseFiles(page, [textFile('leerlingen.csv', `${heading}\r\n${row}`)]);
			await expectStep(page, 'Controleren');
		};
		await choose('000123;Youssef;;Çelik;Groep 3A;M;17-01-2017');
		await importNow(page);
		await page.getByRole('link', { name: 'Naar de leerlingen' }).click();
		await rowBoxes(pupilTable(page)).first().check();
		await page.getByRole('link', { name: "Bulk: maak LeerID's aan" }).click();
		await saveAndPrint(page);

		await choose('000123;Anaïs;van der;Berg;5A;V;09-03-2014');
		await expectCounts(page, { ...nothing, Twijfel: 1 });
		await page.getByRole('grid', { name: 'Twijfel' }).getByRole('row', { name: /Anaïs/ }).click();
		const dialog = page.getByRole('dialog', { name: 'Anaïs van der Berg' });
		await expect(
			dialog.getByText('Nummer 000123 is in uw school van Youssef Çelik.')
		).toBeVisible();
		await expect(
			dialog.getByText('Het account youssef.celik en de kaart blijven van Youssef Çelik.')
		).toBeVisible();
		await dialog.getByRole('radio', { name: /^Een andere leerling/ }).check();
		await dialog.getByRole('button', { name: 'Klaar' }).click();
		await expectCounts(page, { ...nothing, Nieuw: 1, Gewijzigd: 1 });
		await importNow(page);
		await openPage(page, 'Leerlingen');
		await expectRows(page, 2);
		const pupils = pupilTable(page);
		await expect(pupils.getByRole('row', { name: /Anaïs/ })).toContainText('Geen account');
		const youssef = pupils.getByRole('row', { name: /Youssef/ });
		await expect(youssef).toContainText('000123-oud');
		await expect(youssef).toContainText('Actief');
		await openPupil(page, 'Youssef Çelik');
		await expect(page.getByText('youssef.celik', { exact: true }).first()).toBeVisible();
	});

	test('an import that is undone takes its cards with it, and whoever printed them is told', async ({
		page
	}) => {
		await chooseRows(page, [noor, sam]);
		await importNow(page);
		await page.getByRole('link', { name: 'Naar de leerlingen' }).click();
		await rowBoxes(pupilTable(page)).first().check();
		await page.getByRole('link', { name: "Bulk: maak LeerID's aan" }).click();
		await saveAndPrint(page);
		await openPage(page, 'Importeren');
		await page.getByRole('button', { name: /^Import ongedaan maken: leerlingen\.csv/ }).click();
		const dialog = page.getByRole('dialog', { name: 'Import ongedaan maken?' });
		await expect(dialog.getByText(/^1 kaart die sindsdien is afgedrukt, geldt dan/)).toBeVisible();
		await dialog.getByRole('button', { name: 'Import ongedaan maken' }).click();
		await expect(dialog).toBeHidden();
		await openPage(page, 'Kaarten');
		const told = page.getByText(/^1 kaart die u op 10 november 2026 afdrukte/);
		await expect(told).toBeVisible();
		await page.getByRole('link', { name: 'Bekijk welke' }).click();
		await expect(page.getByRole('row', { name: /Noor Peeters|Sam De Smet/ })).toContainText(
			'Ingetrokken'
		);
		await expect(page.getByRole('link', { name: 'Uitreiken' })).toHaveCount(0);
		await openPage(page, 'Kaarten');
		await page.getByRole('button', { name: 'Weggegooid' }).click();
		await expect(told).toBeHidden();
	});

	test('a change is shown field by field, imported, and taken back with the whole import', async ({
		page
	}) => {
		await chooseRows(page, [noor, sam]);
		await importNow(page);
		await chooseRows(page, [[...noor.slice(0, 3), '2B', ...noor.slice(4)], sam, emma]);
		await expectCounts(page, { Nieuw: 1, Gewijzigd: 1, Ongewijzigd: 1 });
		await tile(page, 'Gewijzigd').click();
		const row = page.getByRole('grid', { name: 'Gewijzigd' }).getByRole('row', { name: /Noor/ });
		await expect(row).toContainText('Administratieve groep');
		await expect(row.getByRole('deletion')).toHaveText('1A');
		await expect(row.getByRole('insertion')).toHaveText('2B');
		await importNow(page);
		await page.getByRole('link', { name: 'Naar de leerlingen' }).click();
		await expectRows(page, 3);
		await search(page, 'noor');
		await expect(pupilTable(page).getByRole('row', { name: /Noor/ })).toContainText('2B');

		await page.reload();
		await signIn(page);
		await openPage(page, 'Importeren');
		await page
			.getByRole('button', { name: /^Import ongedaan maken: leerlingen\.csv/ })
			.first()
			.click();
		const dialog = page.getByRole('dialog', { name: 'Import ongedaan maken?' });
		await expect(dialog.getByText(/^Alles wat deze import toevoegde of wijzigde/)).toBeVisible();
		await dialog.getByRole('button', { name: 'Import ongedaan maken' }).click();
		await expect(dialog).toBeHidden();
		await openPage(page, 'Leerlingen');
		await search(page, '');
		await expectRows(page, 2);
		await expect(pupilTable(page).getByRole('row', { name: /Noor/ })).toContainText('1A');
	});

	test('nobody counts as left until the person says that the file is the whole school', async ({
		page
	}) => {
		await chooseRows(page, [noor, sam, emma]);
		await importNow(page);
		await chooseRows(page, [noor]);
		await expectCounts(page, { Vertrokken: 0, Ongewijzigd: 1 });
		await page.getByRole('radio', { name: 'Ja, de hele school' }).check();
		await expectCounts(page, { Vertrokken: 2 });
		await page.getByRole('button', { name: 'Importeren', exact: true }).click();
		const sure = page.getByRole('alertdialog', { name: '2 leerlingen tellen als vertrokken' });
		await expect(sure.getByText(/^Hun inschrijving eindigt vandaag/)).toBeVisible();
		await sure.getByRole('button', { name: 'Importeren' }).click();
		await expectImported(page);
	});

	test('an import under way waits through a reload and a lock', async ({ page }) => {
		await chooseRows(page, [noor, sam]);
		await lock(page);
		await page.reload();
		await signIn(page);
		await openPage(page, 'Importeren');
		await expect(page.getByText('U bent bezig met een import')).toBeVisible();
		await page.getByRole('button', { name: 'Verdergaan' }).click();
		await expectStep(page, 'Controleren');
		await expectCounts(page, { ...nothing, Nieuw: 2 });
		await importNow(page);
	});

	test('guardians and staff come in with the pupils', async ({ page }) => {
		await importFiles(page, oneRosterFiles);
		await openPage(page, 'Accounts');
		const staff = page.getByRole('grid', { name: 'Personeel uit de administratie' });
		await expect(staff.getByRole('row', { name: /John Doe/ })).toBeVisible();
		await expect(staff.getByRole('row', { name: /Jim Smith/ })).toBeVisible();
		await openPage(page, 'Leerlingen');
		await search(page, 'mary.jones');
		await pupilTable(page).getByRole('link').first().click();
		await expect(page.getByText('Thomas Jones')).toBeVisible();
	});

	test('a file of another kind says what was expected, and changes nothing', async ({ page }) => {
		const expected = 'Verwacht wordt een CSV-, Excel- (.xlsx), EDEXML- of OneRoster-bestand.';
		await chooseFiles(page, [textFile('brief.pdf', '%PDF-1.7\n1 0 obj')]);
		await expect(page.getByText(`brief.pdf is een pdf. ${expected}`)).toBeVisible();
		await expect(page.getByText('Er is niets gewijzigd.')).toBeVisible();
		await expect(page.getByText('Er is nog niets geïmporteerd.')).toBeVisible();
	});

	test('the template can be filled in and imported', async ({ page }) => {
		await openPage(page, 'Importeren');
		await page.getByRole('button', { name: 'Sjabloon downloaden' }).click();
		const download = page.waitForEvent('download');
		await page.getByRole('menuitem', { name: 'CSV (.csv)' }).click();
		const text = await readFile(await (await download).path(), 'utf8');
		const [first = ''] = text.split(/\r?\n/);
		const cells = first.split(';').map((heading) => {
			if (/stamnummer$/i.test(heading)) return '1001';
			return /^voornaam$/i.test(heading)
				? 'Noor'
				: /^(achter)?naam$/i.test(heading)
					? 'Peeters'
					: '';
		});
		await chooseFiles(page, [textFile('sjabloon.csv', `${first}\r\n${cells.join(';')}`)]);
		await expectStep(page, 'Controleren');
		await expectCounts(page, { ...nothing, Nieuw: 1 });
		await expect(page.getByText(school.name)).toBeVisible();
	});
});

test('everybody is exported in each format, and what Excel holds is imported again as the same people', async ({
	page
}) => {
	await openDemo(page);
	await openPage(page, 'Importeren');
	const exportAs = async (label: string): Promise<Download> => {
		await page.getByRole('button', { name: 'Leerlingenlijst exporteren' }).click();
		const download = page.waitForEvent('download');
		await page.getByRole('menuitem', { name: label }).click();
		return download;
	};
	for (const [label, ending] of [
		['CSV (.csv)', '.csv'],
		['OneRoster (.zip)', '-oneroster.zip'],
		['EDEXML (.xml)', '-edexml.xml']
	] as const) {
		expect((await exportAs(label)).suggestedFilename()).toContain(`2026-11-10${ending}`);
	}
	const file = await exportAs('Excel (.xlsx)');
	const bytes = await readFile(await file.path());
	await chooseFiles(page, [bytesFile(file.suggestedFilename(), bytes)]);
	await expectStep(page, 'Controleren');
	await expectCounts(page, { Nieuw: 0, Twijfel: 0, Vertrokken: 0 });
	await tile(page, 'Gewijzigd').click();
	await expect(page.getByRole('row', { name: / Leerling / })).toHaveCount(0);
	await tile(page, 'Ongewijzigd').click();
	await expect(page.getByRole('row', { name: / Leerling / }).first()).toBeVisible();
});
