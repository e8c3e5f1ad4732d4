import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { staticSite } from '../../scripts/static-site.mjs';
import { serveFolder } from '../support/folder-server.ts';
import { keepsApp, readyForOffline } from './support/offline.ts';
import { demoStaff, openDemo, passwordField } from './support/school.ts';
import { expect, test } from './support/test.ts';

test.use(keepsApp);

async function choose(page: Page, language: string): Promise<void> {
	await page.getByRole('button', { name: /^Menu van / }).click();
	await page.getByRole('menuitemradio', { name: language }).click();
}

async function signInInEnglish(page: Page): Promise<void> {
	await page.getByLabel('User name').fill(demoStaff.userName);
	await passwordField(page, 'Password').fill(demoStaff.password);
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
	await expect(page.getByRole('button', { name: 'Kept on this device' })).toBeVisible();
}

/** Addresses of the words in English that are on the device, whatever the cache. */
function englishHere(page: Page): Promise<string[]> {
	return page.evaluate(async () => {
		const requests = await Promise.all(
			(await caches.keys()).map(async (name) => (await caches.open(name)).keys())
		);
		const paths = requests.flat().map(({ url }) => new URL(url).pathname);
		return paths.filter((path) => path.includes('/words/en.')).sort();
	});
}

/** The app from a folder of its own, which a test may change. */
async function ownSite() {
	const site = mkdtempSync(join(tmpdir(), 'site-'));
	cpSync(staticSite, site, { recursive: true });
	return { site, server: await serveFolder(site) };
}

/** Lays down a next version, in which English words for printed cards have another address. */
function release(site: string): string {
	const name = readdirSync(join(site, '_app/immutable/words')).find((file) =>
		file.startsWith('en.kaarten.')
	);
	if (name === undefined) throw new Error('The build has no such words');
	const next = 'en.kaarten.next.js';
	renameSync(join(site, '_app/immutable/words', name), join(site, '_app/immutable/words', next));
	for (const file of readdirSync(site, { recursive: true, encoding: 'utf8' })) {
		if (!file.endsWith('.js')) continue;
		const text = readFileSync(join(site, file), 'utf8');
		if (text.includes(name)) writeFileSync(join(site, file), text.replaceAll(name, next));
	}
	return `/_app/immutable/words/${next}`;
}

test('a language that was chosen is spoken without a network, on pages that were never opened', async ({
	openDevice
}) => {
	const { server } = await ownSite();
	const { context, page, watched } = await openDevice(server.origin);
	await openDemo(page);
	await readyForOffline(page);
	expect(await englishHere(page)).toEqual([]);
	await choose(page, 'English');
	await signInInEnglish(page);
	expect((await englishHere(page)).length).toBeGreaterThan(10);
	await page.close();
	await server.stop();
	await context.setOffline(true);

	const cold = await context.newPage();
	await cold.goto('/beheer/kaarten/uitreiken');
	await signInInEnglish(cold);
	await expect(cold.getByRole('heading', { level: 1, name: 'Hand out' })).toBeVisible();
	await cold.getByRole('link', { name: 'Import' }).click();
	await expect(cold.getByRole('heading', { level: 1, name: 'Import pupils' })).toBeVisible();
	await cold.getByRole('link', { name: 'Pupils' }).click();
	const cards = cold.waitForEvent('download');
	await cold.getByRole('checkbox', { name: 'Select Hatice Arslan' }).check();
	await cold.getByRole('link', { name: 'Renew password' }).click();
	await cold.getByRole('button', { name: 'Save and print' }).click();
	expect((await cards).suggestedFilename()).toMatch(/\.zip$/);

	// A browser may clear away what the app kept: then it says what it can.
	watched.expect(/ERR_FAILED .*\/words\/en\./);
	await cold.evaluate(() => caches.delete('words'));
	await cold.reload();
	await expect(cold.getByRole('button', { name: 'Inloggen', exact: true })).toBeVisible();
	await expect(cold.locator('html')).toHaveAttribute('lang', 'nl');
});

test('a language that is not here is refused in a sentence without a network, and taken with one', async ({
	openDevice
}) => {
	const { server } = await ownSite();
	const { context, page, watched } = await openDevice(server.origin);
	await openDemo(page);
	await readyForOffline(page);
	await context.setOffline(true);
	watched.expect(/ERR_INTERNET_DISCONNECTED/);
	await choose(page, 'English');
	await expect(page.getByText('English staat nog niet op dit apparaat')).toBeVisible();
	await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
	await context.setOffline(false);
	await choose(page, 'English');
	await signInInEnglish(page);
	await page.context().close();
	await server.stop();
});

test('a new version brings along the words of a language that was chosen here', async ({
	openDevice
}) => {
	const { site, server } = await ownSite();
	const { context, page } = await openDevice(server.origin);
	await openDemo(page);
	await readyForOffline(page);
	await choose(page, 'English');
	await signInInEnglish(page);
	const before = await englishHere(page);
	const next = release(site);
	await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
	const offer = page.getByRole('button', { name: 'New version available' });
	await expect(offer).toBeVisible();
	expect(await englishHere(page)).toEqual([...before, next].sort());
	await server.stop();
	await context.setOffline(true);
	await offer.click();
	await signInInEnglish(page);
	await page.getByRole('link', { name: 'Cards' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Cards' })).toBeVisible();
});

test('where no service worker may be, another language comes straight from the server', async ({
	browser
}) => {
	const { server } = await ownSite();
	const context = await browser.newContext({ baseURL: server.origin, serviceWorkers: 'block' });
	const page = await context.newPage();
	await page.goto('/');
	const english = page.getByRole('button', { name: 'English' });
	await expect(english).toBeVisible();
	await context.setOffline(true);
	await english.click();
	await expect(page.getByText('English staat nog niet op dit apparaat')).toBeVisible();
	await page.getByRole('button', { name: 'Melding sluiten' }).click();
	await context.setOffline(false);
	await english.click();
	await expect(page.getByRole('button', { name: 'Open the demo school' })).toBeVisible();
	await context.close();
	await server.stop();
});
