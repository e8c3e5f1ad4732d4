import { appendFileSync, cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { staticSite } from '../../scripts/static-site.mjs';
import { startAppServer } from '../support/app-server.ts';
import { serveFolder } from '../support/folder-server.ts';
import { openPupil, pupilTable, saveAndPrint, openPage } from './support/desk.ts';
import { importFiles } from './support/import.ts';
import { keepsApp, readyForOffline } from './support/offline.ts';
import { textFile } from './support/rosters.ts';
import { demoStaff, fillInSchool, makeSchool, openDemo, signIn } from './support/school.ts';
import { expect, test } from './support/test.ts';

test.use(keepsApp);

const onePupil = textFile('a.csv', 'Stamnummer;Voornaam;Naam\r\n1001;Noor;Peeters');

test('the app can be installed: its manifest and icons are in order, its shortcuts lead somewhere', async ({
	page,
	request
}) => {
	await page.goto('/');
	await readyForOffline(page);
	const devtools = await page.context().newCDPSession(page);
	const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
	// Tests run in a private window, where nothing can be installed.
	const errors = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
	expect(errors).toEqual([]);
	const { errors: faults, data = '{}' } = await devtools.send('Page.getAppManifest');
	expect(faults).toEqual([]);
	const manifest = JSON.parse(data) as {
		id: string;
		icons: { src: string }[];
		shortcuts: { url: string }[];
	};
	expect(manifest.id).toBe('/');
	for (const { src } of manifest.icons) expect((await request.get(src)).ok()).toBe(true);
	for (const { url } of manifest.shortcuts) expect((await request.get(url)).ok()).toBe(true);
});

test('without a network a cold start on a pupil’s address opens that pupil after unlocking', async ({
	openDevice
}) => {
	const server = await startAppServer();
	const { context, page } = await openDevice(server.origin);
	await openDemo(page);
	await readyForOffline(page);
	await openPupil(page, 'Hatice Arslan');
	const address = page.url();
	await page.close();
	await server.stop();
	await context.setOffline(true);
	const cold = await context.newPage();
	await cold.goto(address);
	await signIn(cold, demoStaff);
	await expect(cold.getByRole('heading', { name: 'Hatice Arslan', level: 1 })).toBeVisible();
	await cold.reload();
	await signIn(cold, demoStaff);
	await expect(cold.getByRole('heading', { name: 'Hatice Arslan', level: 1 })).toBeVisible();
});

test('from any static web server a school is made, filled and printed', async ({ openDevice }) => {
	const server = await serveFolder(staticSite);
	const { page } = await openDevice(server.origin);
	await page.goto('/');
	await page.getByRole('link', { name: 'Nieuwe school op dit apparaat' }).click();
	await fillInSchool(page);
	await importFiles(page, [onePupil]);
	await openPage(page, 'Leerlingen');
	await page.getByRole('checkbox', { name: 'Selecteer Noor Peeters' }).check();
	await page.getByRole('link', { name: "Bulk: maak LeerID's aan" }).click();
	const zip = await saveAndPrint(page);
	expect(zip.suggestedFilename()).toMatch(/^Noor Peeters \d{4}-\d\d-\d\d\.zip$/);
	// A page that is still asking for its icon would complain of a server that has gone.
	await page.context().close();
	await server.stop();
});

test('a new version waits while somebody is at work on a form, and a school is all there after it', async ({
	openDevice
}) => {
	const site = mkdtempSync(join(tmpdir(), 'site-'));
	cpSync(staticSite, site, { recursive: true });
	const server = await serveFolder(site);
	const { page } = await openDevice(server.origin);
	await makeSchool(page);
	await importFiles(page, [onePupil]);
	await readyForOffline(page);
	await openPage(page, 'Instellingen');
	await page.getByLabel('Naam van de school').fill('Midden in een formulier');
	appendFileSync(join(site, 'service-worker.js'), '\n// the next version');
	await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
	await expect
		.poll(() =>
			page.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.state ?? '')
		)
		.toBe('installed');
	const offer = page.getByRole('button', { name: 'Nieuwe versie beschikbaar' });
	await expect(offer).toBeHidden();
	await page.getByRole('button', { name: 'Annuleren' }).click();
	await expect(offer).toBeVisible();
	await offer.click();
	await signIn(page);
	await openPage(page, 'Leerlingen');
	await expect(pupilTable(page).getByRole('row', { name: /Peeters/ })).toBeVisible();
	await page.context().close();
	await server.stop();
});
