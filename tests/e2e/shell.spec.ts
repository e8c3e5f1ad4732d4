import { expect, test } from '@playwright/test';
import { staticSite } from '../../scripts/static-site.mjs';
import { startAppServer } from '../support/app-server.ts';
import { serveFolder } from '../support/folder-server.ts';
import { collectComplaints, keepsApp, readyForOffline } from './support/offline.ts';

test.use(keepsApp);

const deepLink = '/beheer/leerlingen/5f1e7d0a9b3c4d2e8f6a1b2c3d4e5f60';

test('the first screen opens without a complaint, asks nobody else, and keeps all of the app', async ({
	page,
	baseURL
}) => {
	const complaints = collectComplaints(page);
	const foreign: string[] = [];
	page.on('request', (request) => {
		const { protocol, origin } = new URL(request.url());
		if (/^https?:$/.test(protocol) && origin !== baseURL) foreign.push(request.url());
	});
	await page.goto('/');
	await expect(page.getByRole('heading').first()).toBeVisible();
	await readyForOffline(page);
	const kept = await page.evaluate(async () => {
		const names = await caches.keys();
		const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
		return requests.flat().map(({ url }) => new URL(url).pathname);
	});
	expect(kept).toContain('/');
	expect(kept.filter((path) => path.startsWith('/api'))).toEqual([]);
	expect(complaints).toEqual([]);
	expect(foreign).toEqual([]);
});

test('markup from a string, a foreign worker and eval are refused', async ({ page }) => {
	await page.goto('/');
	const refused = await page.evaluate(async () => {
		const attempts = [
			() => (document.createElement('div').innerHTML = '<b>x</b>'),
			() => new Worker('/_app/x.js'),
			() => (0, eval)('1') as number
		];
		// Code that runs at once in an evaluation is exempt from the policy.
		await new Promise((resolve) => setTimeout(resolve, 10));
		return attempts.map((attempt) => {
			try {
				attempt();
				return 'allowed';
			} catch (error) {
				return (error as Error).name;
			}
		});
	});
	expect(refused).toEqual(['TypeError', 'TypeError', 'EvalError']);
});

test("the announcer of Kit's router is there for screen readers, and takes no room", async ({
	page
}) => {
	await page.goto('/');
	const announcer = page.locator('#svelte-announcer');
	await expect(announcer).toBeAttached();
	expect(await announcer.evaluate((element) => getComputedStyle(element).position)).toBe(
		'absolute'
	);
	expect(await announcer.evaluate((element) => element.clientHeight)).toBe(1);
});

test('after one visit the app starts without a network, deep links too', async ({ browser }) => {
	const server = await startAppServer();
	const context = await browser.newContext({ baseURL: server.origin });
	const page = await context.newPage();
	await page.goto('/');
	await readyForOffline(page);
	await page.close();
	await server.stop();

	for (const address of ['/', '/nieuw', deepLink, '/beheer/leerlingen?status=actief']) {
		const cold = await context.newPage();
		const complaints = collectComplaints(cold);
		await cold.goto(address);
		await expect(cold.getByRole('heading').first()).toBeVisible();
		expect(complaints).toEqual([]);
		await cold.close();
	}
	await context.close();
});

test('a deep link opens on the first visit, before any service worker', async ({ browser }) => {
	const context = await browser.newContext({ serviceWorkers: 'block' });
	const page = await context.newPage();
	const complaints = collectComplaints(page);
	const response = await page.goto(deepLink);
	expect(response?.headers()['content-security-policy']).toContain("frame-ancestors 'none'");
	await expect(page.getByRole('heading').first()).toBeVisible();
	expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
	await context.close();
});

test('the build runs from any static web server', async ({ browser }) => {
	const server = await serveFolder(staticSite);
	const context = await browser.newContext({ baseURL: server.origin });
	const page = await context.newPage();
	const complaints = collectComplaints(page);
	await page.goto('/');
	await expect(page.getByRole('heading').first()).toBeVisible();
	await readyForOffline(page);
	await page.goto(deepLink);
	await expect(page.getByRole('heading').first()).toBeVisible();
	expect(complaints).toEqual([]);
	await context.close();
	await server.stop();
});

test('on a static web server a deep link opens on the very first visit', async ({ browser }) => {
	const server = await serveFolder(staticSite);
	const context = await browser.newContext({ baseURL: server.origin, serviceWorkers: 'block' });
	const page = await context.newPage();
	await page.goto(deepLink);
	await expect(page.getByRole('heading').first()).toBeVisible();
	await context.close();
	await server.stop();
});

test('in a frame of a page of others there is nothing to click but the way out', async ({
	browser
}) => {
	const server = await serveFolder(staticSite);
	const page = await browser.newPage({ locale: 'nl-NL' });
	await page.setContent(`<iframe src="${server.origin}/"></iframe>`);
	const inFrame = page.frameLocator('iframe');
	const title = 'Schoolsleutel werkt alleen in een eigen venster';
	await expect(inFrame.getByRole('heading', { name: title })).toBeVisible();
	await expect(inFrame.getByRole('link')).toHaveCount(1);
	await expect(inFrame.getByRole('button')).toHaveCount(0);
	await page.close();
	await server.stop();
});

test('the kill switch removes service worker and caches, and leaves what people keep', async ({
	browser
}) => {
	const server = await startAppServer();
	const context = await browser.newContext({ baseURL: server.origin });
	const page = await context.newPage();
	await page.goto('/');
	await readyForOffline(page);
	await page.evaluate(() => localStorage.setItem('kept', 'yes'));
	await server.stop();

	const killing = await startAppServer({
		port: server.port,
		env: { KILL_SERVICE_WORKER: '1' }
	});
	await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
	await expect
		.poll(() =>
			page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
		)
		.toBe(0);
	expect(await page.evaluate(() => caches.keys())).toEqual([]);
	expect(await page.evaluate(() => localStorage.getItem('kept'))).toBe('yes');
	await context.close();
	await killing.stop();
});
