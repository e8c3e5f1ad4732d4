import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { readAtRest } from './support/at-rest.ts';
import { openPage } from './support/desk.ts';
import { SchoolServer, stopAfter } from './support/endpoint.ts';
import { family, familySchool } from './support/family-school.ts';
import { keepsApp, readyForOffline } from './support/offline.ts';
import { chooseSchool, enter, expectSent, title, type } from './support/people.ts';
import { lock, passwordField } from './support/school.ts';
import { expect, test } from './support/test.ts';

let server: SchoolServer;
test.beforeEach(async () => {
	server = await SchoolServer.start(familySchool());
});
test.afterEach(({ browser }) => stopAfter(browser, server));

const { administrator, grownUp } = family;
/** Refusals that a test provokes, and a connection that it cuts, are lines in the console. */
const provoked = /status of 401|ERR_INTERNET_DISCONNECTED/;

/** The server's answers to a person who has the browser and no password, from its console. */
async function askFromConsole(page: Page): Promise<unknown[]> {
	return page.evaluate(async () => {
		const asked = { schema: 1, account: 'x', clientId: 'y', confirmed: 0, cookie: null };
		const answers = await Promise.all([
			fetch('/api/session'),
			fetch('/api/live'),
			fetch('/api/session/devices'),
			fetch('/api/sync', {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ ...asked, mutations: [], unsent: false })
			})
		]);
		return Promise.all(answers.map(async (answer): Promise<unknown> => answer.json()));
	});
}

const locked = Array.from({ length: 4 }, () => ({ code: 'locked' }));

async function unlock(page: Page): Promise<void> {
	await passwordField(page).fill(administrator.password);
	await page.getByRole('button', { name: 'Inloggen', exact: true }).click();
	await expect(passwordField(page)).toBeHidden();
}

async function rename(page: Page, name: string): Promise<void> {
	await page.getByLabel('Naam van de school').fill(name);
	await page.getByRole('button', { name: 'Opslaan' }).click();
}

test('the cookie of a device that is locked, by hand or by time, is worth nothing', async ({
	openDevice
}) => {
	const { page, watched } = await openDevice(server.origin);
	watched.expect(provoked);
	await page.clock.install();
	await enter(page, administrator, 'Ingeschreven leerlingen');
	await openPage(page, 'Instellingen');
	await expectSent(page);
	const listening = page.waitForEvent('requestfailed', (request) =>
		request.url().endsWith('/api/live')
	);
	await lock(page);
	await listening;
	expect(await askFromConsole(page)).toEqual(locked);
	await unlock(page);
	await rename(page, 'Na het ontgrendelen');
	await expectSent(page);

	await page.clock.fastForward('16:00');
	await expect(passwordField(page)).toBeVisible();
	expect(await askFromConsole(page)).toEqual(locked);
	await page.reload();
	expect(await askFromConsole(page)).toEqual(locked);
	await unlock(page);
	await expect(page.getByLabel('Naam van de school')).toHaveValue('Na het ontgrendelen');
	await expectSent(page);
});

test('a lock without a connection is as good, one wrong password shuts nobody out, and what was done goes once it is unlocked', async ({
	openDevice
}) => {
	const { page, context, watched } = await openDevice(server.origin, keepsApp);
	watched.expect(provoked);
	await enter(page, administrator, 'Ingeschreven leerlingen');
	await openPage(page, 'Instellingen');
	await expectSent(page);
	await readyForOffline(page);
	await context.setOffline(true);
	await rename(page, 'Zonder verbinding');
	await expect(page.getByRole('button', { name: /nog 1 te verzenden$/ })).toBeVisible();
	await lock(page);
	await context.setOffline(false);
	expect(await askFromConsole(page)).toEqual(locked);
	await context.setOffline(true);
	await passwordField(page).fill('een verschrijving');
	await page.getByRole('button', { name: 'Inloggen', exact: true }).click();
	await expect(page.getByText(/^De gebruikersnaam of het wachtwoord is niet goed/)).toBeVisible();
	await unlock(page);
	await expect(page.getByLabel('Naam van de school')).toHaveValue('Zonder verbinding');
	await context.setOffline(false);
	await expectSent(page);
});

test('the other half of a session is nowhere to be read, and other tabs have it too', async ({
	openDevice
}) => {
	const { page, context, watched } = await openDevice(server.origin);
	watched.expect(provoked);
	const keys: string[] = [];
	context.on('request', (request) => {
		const key = request.headers()['x-session-key'];
		if (key !== undefined) keys.push(key);
	});
	await enter(page, administrator, 'Ingeschreven leerlingen');
	await expectSent(page);
	const other = await context.newPage();
	await other.goto('/beheer/instellingen');
	await rename(other, 'In een ander tabblad');
	await expectSent(other);
	const [key = ''] = keys;
	expect(key).toMatch(/^[\w-]{43}$/);
	expect(new Set(keys)).toEqual(new Set([key]));
	expect((await readAtRest(page)).stored).not.toContain(key);
	await lock(other);
	await expect(passwordField(page)).toBeVisible();
	expect(await askFromConsole(page)).toEqual(locked);
	expect((await readAtRest(page)).stored).not.toContain(key);
});

test.describe('once the browser was closed, without a lock or a farewell,', () => {
	let profile: string;
	test.beforeEach(async () => {
		profile = await mkdtemp(join(tmpdir(), 'profile-'));
	});
	test.afterEach(() => rm(profile, { recursive: true }));

	/** The same browser of a person each time. */
	function openBrowser(): Promise<BrowserContext> {
		const { launchOptions = {} } = test.info().project.use;
		const here = { baseURL: server.origin, locale: 'nl-NL' };
		return chromium.launchPersistentContext(profile, { ...launchOptions, ...here });
	}

	test('the cookie of a teacher is worth nothing, and the password opens what was there', async () => {
		const first = await openBrowser();
		const page = await first.newPage();
		await enter(page, administrator, 'Ingeschreven leerlingen');
		await expectSent(page);
		await first.close();

		const second = await openBrowser();
		const next = await second.newPage();
		await next.goto('/beheer/instellingen');
		await expect(passwordField(next)).toBeVisible();
		expect(await second.cookies()).toMatchObject([{ name: 'session' }]);
		expect(await askFromConsole(next)).toEqual(locked);
		await unlock(next);
		await rename(next, 'Na het sluiten');
		await expectSent(next);
		await second.close();
	});

	test('nothing is left of a pupil', async () => {
		const first = await openBrowser();
		const page = await first.newPage();
		await chooseSchool(page);
		await type(page, grownUp);
		await expect(title(page)).toHaveText('Ruben Bos');
		await expectSent(page);
		expect(await first.cookies()).toMatchObject([{ name: 'session', expires: -1 }]);
		await first.close();

		const second = await openBrowser();
		const next = await second.newPage();
		await next.goto('/');
		await expect(title(next)).toBeVisible();
		await expect(next.getByText('Ruben')).toHaveCount(0);
		expect(await second.cookies()).toEqual([]);
		expect(await askFromConsole(next)).toEqual(locked.map(() => ({ code: 'signedOut' })));
		await second.close();
	});
});
