import { openPage } from './support/desk.ts';
import { SchoolServer } from './support/endpoint.ts';
import { family, familySchool } from './support/family-school.ts';
import { enter, title } from './support/people.ts';
import { demoStaff, openDemo, signIn } from './support/school.ts';
import { expect, test } from './support/test.ts';

const offline = /ERR_INTERNET_DISCONNECTED|ERR_FAILED/;

test.describe('of a school at a server', () => {
	let server: SchoolServer;
	test.beforeEach(async () => {
		server = await SchoolServer.start(familySchool());
	});
	test.afterEach(async ({ browser }) => {
		for (const context of browser.contexts()) await context.close();
		await server.stop();
	});

	test('the audit log shows who did what, and its chain holds', async ({ openDevice }) => {
		const { page } = await openDevice(server.origin);
		await enter(page, family.administrator, 'Ingeschreven leerlingen');
		await openPage(page, 'Instellingen');
		await page.getByLabel('Naam van de school').fill('De Nieuwe Naam');
		await page.getByRole('button', { name: 'Opslaan' }).click();
		await page.getByRole('button', { name: 'Ongedaan maken' }).click();
		// All was sent before, too.
		await expect(page.getByText('Ongedaan gemaakt.')).toBeVisible();
		await expect(page.getByRole('button', { name: /^Alles verzonden/ })).toBeVisible();
		await openPage(page, 'Geschiedenis');
		await page.getByRole('link', { name: 'Controlelog' }).click();
		await expect(title(page)).toHaveText('Controlelog');
		const rows = page.getByRole('grid', { name: 'Controlelog' }).locator('[data-index]');
		await expect(rows).toHaveCount(2);
		await expect(rows.nth(0)).toContainText('Ongedaan gemaakt: Instellingen gewijzigd');
		await expect(rows.nth(1)).toContainText('Instellingen gewijzigd');
		for (const row of await rows.all()) await expect(row).toContainText('An Peeters');
		await page.getByRole('button', { name: 'Keten controleren' }).click();
		await expect(page.getByText(/^De keten klopt: 2 regels, sinds /)).toBeVisible();
	});

	test('the audit log says that it needs a connection, and tries again', async ({ openDevice }) => {
		const { page, context, watched } = await openDevice(server.origin);
		watched.expect(offline);
		await enter(page, family.administrator, 'Ingeschreven leerlingen');
		await openPage(page, 'Geschiedenis');
		await expect(page.getByRole('link', { name: 'Controlelog' })).toBeVisible();
		await page.route('**/api/audit', (route) => route.abort());
		await page.getByRole('link', { name: 'Controlelog' }).click();
		await expect(page.getByText(/alleen met verbinding te lezen/)).toBeVisible();
		await page.unroute('**/api/audit');
		await page.getByRole('button', { name: 'Opnieuw proberen' }).click();
		await expect(page.getByText('Er staat nog niets in het controlelog')).toBeVisible();
		await context.setOffline(true);
		await page.getByRole('button', { name: 'Keten controleren' }).click();
		await expect(page.getByText('De controle is niet gelukt')).toBeVisible();
		await context.setOffline(false);
		await page.getByRole('button', { name: 'Keten controleren' }).click();
		await expect(page.getByText('De keten klopt: er staat nog niets in')).toBeVisible();
	});
});

test('a school on one device is told that the audit log comes with the server', async ({
	page
}) => {
	await openDemo(page);
	await openPage(page, 'Geschiedenis');
	await expect(page.getByRole('link', { name: 'Controlelog' })).toHaveCount(0);
	await page.goto('/beheer/geschiedenis/controlelog');
	await signIn(page, demoStaff);
	await expect(title(page)).toHaveText('Controlelog');
	await expect(page.getByText(/begint als uw school is aangesloten/)).toBeVisible();
});
