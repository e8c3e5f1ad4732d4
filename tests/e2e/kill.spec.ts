import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startChromium, type ChromiumProcess } from '../support/chromium-process.ts';
import { KillPoints } from '../support/kill-points.ts';
import { chooseFilter, openPage, openPupil, pupilTable, search } from './support/desk.ts';
import { chooseFiles, expectStep, importFiles } from './support/import.ts';
import { textFile } from './support/rosters.ts';
import { makeSchoolByHand, signIn } from './support/school.ts';
import { expect, test } from './support/test.ts';

const done = /succesvol aangepast|wachtwoorden zijn vernieuwd|De import is klaar/;
const group = 6;

/** A file of some pupils of a class, with numbers from `first` on. */
function pupils(first: number, count: number, klas: string) {
	const rows = Array.from(
		{ length: count },
		(_, at) => `${first + at};Kind${first + at};Proef;${klas}`
	);
	return textFile('leerlingen.csv', ['Stamnummer;Voornaam;Naam;Klas', ...rows].join('\r\n'));
}

/** The state that a person had seen, and must find again. */
interface Seen {
	pupils: number;
	/** How many print runs there are, and whose cards are in the newest. */
	runs: number;
	newest: readonly string[];
}

/**
 * Works that are made ready, to be killed in the middle of being saved; and what is there if they
 * were.
 */
const works = {
	async commit(page: Page, seen: Seen, at: number): Promise<Seen> {
		// Another pupil each time: what was typed for one and not saved would be there again.
		const name = `kind${at}.proef`;
		await openPupil(page, `Kind${at} Proef`);
		await page.getByRole('button', { name: 'Pas aanmeldgegevens aan' }).click();
		await page.getByRole('button', { name: 'pas gebruikersnaam aan' }).click();
		await page.getByRole('dialog').getByLabel('Gebruikersnaam').fill(`${name}x`);
		return { ...seen, runs: seen.runs + 1, newest: [`${name}x`] };
	},
	async renewal(page: Page, seen: Seen): Promise<Seen> {
		await search(page, '');
		await chooseFilter(page, 'Administratieve groep', ['1A']);
		const all = pupilTable(page).getByRole('checkbox', { name: `Alle ${group} selecteren` });
		await all.check();
		await page.getByRole('link', { name: 'Vernieuw wachtwoord' }).click();
		const names = page.getByRole('gridcell', { name: /^kind\d\.proefx?$/ });
		await expect(names).toHaveCount(group);
		return { ...seen, runs: seen.runs + 1, newest: (await names.allTextContents()).map(trimmed) };
	},
	async import(page: Page, seen: Seen): Promise<Seen> {
		await chooseFiles(page, [pupils(seen.pupils + 1, 2, '1B')]);
		await expectStep(page, 'Controleren');
		return { ...seen, pupils: seen.pupils + 2 };
	}
};

function trimmed(text: string): string {
	return text.trim();
}

type Work = keyof typeof works;

function start(page: Page, work: Work): void {
	const name = work === 'import' ? 'Importeren' : 'Bewaren en afdrukken';
	// Not awaited: the page may stand still before it answers.
	page
		.getByRole('button', { name, exact: true })
		.click({ noWaitAfter: true })
		.catch(() => undefined);
}

/** Everything that is there again; and the newest print run holds all passwords, for printing. */
async function look(page: Page): Promise<Seen> {
	await openPage(page, 'Leerlingen');
	await search(page, '');
	const total = await pupilTable(page).getAttribute('aria-rowcount');
	await openPage(page, 'Kaarten');
	const runs = page.getByRole('grid', { name: 'Kaarten' });
	const count = await runs.getAttribute('aria-rowcount');
	await runs.getByRole('link').first().click();
	const cards = page.getByRole('grid', { name: 'De kaarten' });
	await expect(cards.getByRole('gridcell', { name: 'Actueel' }).first()).toBeVisible();
	await expect(cards.getByRole('gridcell', { name: /Vervangen|Ingetrokken/ })).toHaveCount(0);
	const names = cards.getByRole('gridcell', { name: /^kind\d\.proefx?$/ });
	const newest = (await names.allTextContents()).map(trimmed);
	await page.getByRole('button', { name: 'Opnieuw afdrukken' }).click();
	await expect(
		page.getByText(/^De (?:\d kaarten staan|kaart staat) bij uw downloads/)
	).toBeVisible();
	return { pupils: Number(total) - 1, runs: Number(count) - 1, newest };
}

/** A few of the points that the bench `kill` goes through: before, amid and after what is written. */
const points: [work: Work, step: number][] = [
	['commit', 4],
	['renewal', 1],
	['renewal', 5],
	['import', 4]
];

test('when the browser is killed in the middle of saving, what was shown is there again, and nobody has a password that nobody saw', async ({
	baseURL
}) => {
	test.setTimeout(240_000);
	const address = baseURL ?? '';
	const profile = mkdtempSync(join(tmpdir(), 'profile-'));
	const killPoints = new KillPoints();
	let chromium: ChromiumProcess | undefined;
	const open = async (): Promise<Page> => {
		chromium = await startChromium(profile);
		const { context, browser } = chromium;
		const devtools = await browser.newBrowserCDPSession();
		const downloadPath = join(profile, 'downloads');
		await devtools.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath });
		await killPoints.watch(context, done);
		return context.newPage();
	};

	let page = await open();
	await makeSchoolByHand(page, `${address}/`);
	await importFiles(page, [pupils(1, group, '1A')]);
	await openPage(page, 'Leerlingen');
	await pupilTable(page)
		.getByRole('checkbox', { name: `Alle ${group} selecteren` })
		.check();
	await page.getByRole('link', { name: "Bulk: maak LeerID's aan" }).click();
	await page.getByRole('button', { name: 'Bewaren en afdrukken' }).click();
	await expect(page.getByText(/^6 LeerID's zijn gemaakt/)).toBeVisible();
	let seen = await look(page);
	expect({ ...seen, newest: seen.newest.length }).toEqual({
		pupils: group,
		runs: 1,
		newest: group
	});

	for (const [at, [work, step]] of points.entries()) {
		await test.step(`${work}, step ${step}`, async () => {
			await openPage(page, 'Leerlingen');
			const after = await works[work](page, seen, at + 1);
			const [reached] = await killPoints.arm(page, { step });
			start(page, work);
			const finished = page
				.getByText(done)
				.first()
				.waitFor()
				.catch(() => undefined);
			await Promise.race([reached, finished]);
			const wasShown = killPoints.shown.length > 0;
			await chromium?.kill();

			page = await open();
			await page.goto(`${address}/beheer/leerlingen`);
			await signIn(page);
			const found = await look(page);
			expect(wasShown ? [after] : [seen, after]).toContainEqual(found);
			seen = found;
		});
	}
	await chromium?.kill();
	rmSync(profile, { recursive: true, force: true });
});
