import type { Download, Locator, Page } from '@playwright/test';
import { openPage, openPupil, saveAndPrint } from './support/desk.ts';
import { cardsOf, openPdf, textsOf, unzip, type PlacedCard } from './support/papers.ts';
import { Prepared } from './support/prepared.ts';
import { demoDay, demoStaff, openDemo, openMade, signIn } from './support/school.ts';
import { expect, test } from './support/test.ts';

/** Points per mm. */
const mm = 72 / 25.4;

/** Renews the password of the pupil on the page. */
async function printAnother(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Pas aanmeldgegevens aan' }).click();
	await page.getByRole('button', { name: 'genereer nieuw wachtwoord' }).click();
	await saveAndPrint(page);
	await expect(page.getByText('Het LeerID is succesvol aangepast.').first()).toBeVisible();
}

/** The print run of the pupil, from *Kaarten*: with options and *Opnieuw afdrukken*. */
async function openRun(page: Page): Promise<void> {
	await openPage(page, 'Kaarten');
	await page.getByRole('grid', { name: 'Kaarten' }).getByRole('link').first().click();
	await expect(page.getByRole('heading', { name: 'Afdrukken', exact: true })).toBeVisible();
}

async function printAgain(page: Page): Promise<Download> {
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Opnieuw afdrukken' }).click();
	return download;
}

function sheet(page: Page, id: string): Locator {
	return page.getByRole('checkbox', { name: id });
}

async function cardOn(download: Download, paper: string): Promise<PlacedCard> {
	const files = await unzip(download);
	const [card] = await cardsOf(await openPdf(files.get(paper) ?? new Uint8Array()));
	if (!card) throw new Error(`No card in ${paper}`);
	return card;
}

const printed = new Prepared(async (page) => {
	await openDemo(page);
	await openPupil(page, 'Hatice Arslan');
	await printAnother(page);
});

test.beforeEach(async ({ page }) => {
	// Later than it was printed.
	await page.context().clock.install({ time: demoDay.replace('09:30', '09:45') });
	await printed.layDown(page);
	await openMade(page, demoStaff);
	await openRun(page);
});

test('half-used sheets start at the label that is free, which this device remembers', async ({
	page
}) => {
	const first = await cardOn(await printAgain(page), 'stickers-L7160.pdf');
	await page.getByLabel('Eerste vrije sticker op vel L7160').fill('5');
	await page.keyboard.press('Tab');
	const fifth = await cardOn(await printAgain(page), 'stickers-L7160.pdf');
	// The second row, the second column: a label further in both directions.
	expect((fifth.x - first.x) / mm).toBeCloseTo(66.04, 1);
	expect((first.y - fifth.y) / mm).toBeCloseTo(38.1, 1);
	expect(fifth.password).toBe(first.password);

	await page.reload();
	await signIn(page, demoStaff);
	await expect(page.getByLabel('Eerste vrije sticker op vel L7160')).toHaveValue('5');
});

test('only the chosen papers are in the zip, and the choice is remembered', async ({ page }) => {
	await page.getByLabel('Een brief per leerling (A4)').uncheck();
	await sheet(page, 'L7160').uncheck();
	await sheet(page, 'L7651').check();
	const files = await unzip(await printAgain(page));
	expect([...files.keys()].sort()).toEqual([
		'stickers-L4770.pdf',
		'stickers-L7163.pdf',
		'stickers-L7651.pdf'
	]);
	await page.reload();
	await signIn(page, demoStaff);
	await expect(page.getByLabel('Een brief per leerling (A4)')).not.toBeChecked();
	await expect(sheet(page, 'L7160')).not.toBeChecked();
	await expect(sheet(page, 'L7651')).toBeChecked();
});

test('a printer that is off is measured with a test page and set right on every paper', async ({
	page
}) => {
	const before = await printAgain(page);
	await page.getByText('Bijstellen van de printer').click();
	await page.getByLabel('Naar rechts (mm)').fill('2');
	await page.getByLabel('Naar beneden (mm)').fill('-1');
	await page.keyboard.press('Tab');
	const after = await printAgain(page);
	for (const paper of ['brieven-a4.pdf', 'stickers-L7160.pdf', 'stickers-L4770.pdf']) {
		const [was, is] = [await cardOn(before, paper), await cardOn(after, paper)];
		expect((is.x - was.x) / mm).toBeCloseTo(2, 1);
		expect((is.y - was.y) / mm).toBeCloseTo(1, 1);
	}
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: /^Testpagina/ }).click();
	const testPage = await download;
	expect(testPage.suggestedFilename()).toBe('testpagina-l7160.pdf');
	const stream = await testPage.createReadStream();
	const pdf = await openPdf(new Uint8Array(Buffer.concat(await stream.toArray())));
	const words = (await textsOf(pdf, 1)).map(({ text }) => text).join(' ');
	expect(words).toContain('Testpagina voor L7160');
	expect(words).toContain('100 %');
	expect(words).toContain('2 mm naar rechts en -1 mm naar beneden');
});

test('the paper is shown before it is printed, and so is the advice about scale', async ({
	page
}) => {
	await expect(page.getByText('Druk af op 100 %, niet ‘passend op pagina’.')).toBeVisible();
	const choice = page.getByRole('combobox', { name: 'Voorbeeld' });
	for (const paper of ['Een brief per leerling (A4)', 'stickervel L7163']) {
		await choice.selectOption(paper);
		await expect(page.getByRole('img', { name: `Voorbeeld van ${paper}` })).toBeVisible();
	}
});

test('after 24 hours passwords are no longer shown, and it says why', async ({ page }) => {
	await page.clock.fastForward('25:00:00');
	await signIn(page, demoStaff);
	await expect(page.getByText(/wachtwoorden worden na 24 uur niet meer getoond/)).toBeVisible();
	await expect(page.getByRole('button', { name: 'Opnieuw afdrukken' })).toHaveCount(0);
});

test('on a small laptop the list keeps its place under what can be printed again', async ({
	page
}) => {
	await page.setViewportSize({ width: 800, height: 500 });
	await openPage(page, 'Kaarten');
	// As tall as it gets, with many of them.
	const recent = page.getByRole('region', { name: 'Nog 24 uur opnieuw af te drukken' });
	await recent.evaluate((region) => (region.style.blockSize = '19rem'));
	await openRun(page);
});
