import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { staticSite } from '../../scripts/static-site.mjs';
import { serveFolder, type FolderServer } from '../support/folder-server.ts';
import { keepsApp, readyForOffline } from './support/offline.ts';

test.use(keepsApp);

/** A mark that a reload wipes out. */
async function mark(page: Page): Promise<void> {
	await page.evaluate(() => document.documentElement.setAttribute('data-mark', ''));
}

/** Lays down a next version, in which one chunk is no more; returns that chunk's address. */
function release(site: string): string {
	const file = join(site, 'service-worker.js');
	const script = readFileSync(file, 'utf8');
	const [entry = '', address = ''] =
		/\{"revision":null,"url":"(_app\/immutable\/nodes\/[^"]+)"\},/.exec(script) ?? [];
	writeFileSync(file, script.replace(entry, ''));
	rmSync(join(site, address));
	return `/${address}`;
}

/** Lays down a next version and has the page find it. */
async function releaseTo(page: Page, site: string): Promise<string> {
	const gone = release(site);
	await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
	return gone;
}

/** The app from a folder of its own, which a test may change. */
async function ownSite(): Promise<{ site: string; server: FolderServer }> {
	const site = mkdtempSync(join(tmpdir(), 'site-'));
	cpSync(staticSite, site, { recursive: true });
	return { site, server: await serveFolder(site) };
}

test('a new version is offered, waits, and comes when its user asks for it', async ({
	browser
}) => {
	const { site, server } = await ownSite();
	const context = await browser.newContext({ baseURL: server.origin });
	const page = await context.newPage();
	const other = await context.newPage();
	for (const tab of [page, other]) {
		await tab.goto('/');
		await readyForOffline(tab);
		await mark(tab);
	}

	const gone = await releaseTo(page, site);
	const offer = page.getByRole('button', { name: 'Nieuwe versie beschikbaar' });
	await expect(offer).toBeVisible();
	await expect(page.locator('html')).toHaveAttribute('data-mark');

	await offer.click();
	await expect(page.locator('html')).not.toHaveAttribute('data-mark');
	await expect(offer).toBeHidden();

	// The other tab is told, and goes on in its own version until its user agrees.
	await expect(other.getByRole('button', { name: 'Nieuwe versie beschikbaar' })).toBeVisible();
	await expect(other.locator('html')).toHaveAttribute('data-mark');
	const status = (address: string): Promise<number> =>
		other.evaluate(async (asked) => (await fetch(asked)).status, address);
	expect(await status(gone)).toBe(200);
	expect(await status('/_app/immutable/nodes/never.js')).toBe(404);
	await context.close();
	await server.stop();
});

test('each version that comes while the app stays open is offered, also after Later', async ({
	browser
}) => {
	const { site, server } = await ownSite();
	const context = await browser.newContext({ baseURL: server.origin });
	const page = await context.newPage();
	await page.goto('/');
	await readyForOffline(page);
	await mark(page);

	const offer = page.getByRole('button', { name: 'Nieuwe versie beschikbaar' });
	for (let version = 2; version <= 5; version++) {
		await releaseTo(page, site);
		await expect(offer).toBeVisible();
		await expect(page.locator('html')).toHaveAttribute('data-mark');
		if (version < 5) await page.getByRole('button', { name: 'Later' }).click();
	}
	await offer.click();
	await expect(page.locator('html')).not.toHaveAttribute('data-mark');
	await expect(offer).toBeHidden();
	await context.close();
	await server.stop();
});
