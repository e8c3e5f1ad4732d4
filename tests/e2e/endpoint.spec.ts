import type { BrowserContextOptions, Locator, Page } from '@playwright/test';
import { openPage, pupilTable } from './support/desk.ts';
import { SchoolServer, stopAfter } from './support/endpoint.ts';
import { family, familySchool } from './support/family-school.ts';
import { importFiles } from './support/import.ts';
import { startInviting, type InvitingServer } from './support/inviting-server.ts';
import { keepsApp, readyForOffline } from './support/offline.ts';
import { chooseSchool, enter, expectSent, title, type } from './support/people.ts';
import { oneRosterFiles } from './support/rosters.ts';
import { makeSchool, passwordField, school, signIn } from './support/school.ts';
import { expect, test, type Device, type OpenDevice } from './support/test.ts';

/** A connection that was cut is a line in the browser's console. */
const cut = /ERR_INTERNET_DISCONNECTED|ERR_FAILED/;
/** A whole school moves, and each password is derived anew. */
const joined = { timeout: 30_000 };

test.describe('a school that was made on a device', () => {
	let server: InvitingServer;
	test.beforeEach(async () => {
		server = await startInviting(school);
	});
	test.afterEach(({ browser }) => stopAfter(browser, server));

	async function join(page: Page): Promise<void> {
		await page.getByLabel('Uitnodigingscode').fill(server.token);
		await passwordField(page, 'Uw wachtwoord').fill(school.password);
		await page.getByRole('button', { name: 'Aansluiten' }).click();
	}

	test('joins by an invitation, and opens on a second device', async ({ openDevice }) => {
		const { page } = await openDevice(server.origin);
		await makeSchool(page);
		await importFiles(page, oneRosterFiles);
		await openPage(page, 'Instellingen');
		await join(page);
		await expect(page.getByText('Uw school is aangesloten.')).toBeVisible(joined);
		await expectSent(page);
		const { page: second } = await openDevice(server.origin);
		await chooseSchool(second);
		await type(second, school);
		await expect(pupilTable(second).getByRole('row')).toHaveCount(4);
		await expectSent(second);
	});

	test('goes on where the move was broken off', async ({ openDevice }) => {
		const { page, watched } = await openDevice(server.origin);
		watched.expect(cut);
		// An invitation works once.
		watched.expect(/404.*api\/join\/invitation/);
		await makeSchool(page);
		await openPage(page, 'Instellingen');
		await page.route('**/api/join/open', async (route) => {
			await route.fetch();
			await route.abort();
		});
		const lost = page.waitForEvent('requestfailed');
		await join(page);
		await lost;
		await page.reload();
		await signIn(page);
		await page.unroute('**/api/join/open');
		await expect(page.getByText('De verhuizing is nog niet klaar.')).toBeVisible();
		await expect(page.getByLabel('Uitnodigingscode')).toHaveValue(server.token);
		await passwordField(page, 'Uw wachtwoord').fill(school.password);
		await page.getByRole('button', { name: 'Verder gaan' }).click();
		await expect(page.getByText('Uw school is aangesloten.')).toBeVisible(joined);
		await expectSent(page);
	});
});

test.describe('two devices of one school', () => {
	let server: SchoolServer;
	test.beforeEach(async () => {
		server = await SchoolServer.start(familySchool());
	});
	test.afterEach(({ browser }) => stopAfter(browser, server));

	/** A device on which the administration has the settings open. Its connection may be cut. */
	async function openSettings(
		openDevice: OpenDevice,
		options: BrowserContextOptions = {}
	): Promise<Device> {
		const device = await openDevice(server.origin, options);
		device.watched.expect(cut);
		await enter(device.page, family.administrator, 'Ingeschreven leerlingen');
		await openPage(device.page, 'Instellingen');
		return device;
	}

	/** On the other device: it has sent this by the time that it is back. */
	async function rename(from: string, to: string): Promise<void> {
		const desk = await server.desk(family.administrator);
		await desk.make('school.changeSettings@1', { edit: { name: [from, to] } });
	}

	test('work apart, meet, and agree', async ({ openDevice }) => {
		const { page, context } = await openSettings(openDevice);
		await context.setOffline(true);
		await changeSetting(page, 'Vergrendelen na minuten zonder gebruik', '20');
		await expect(page.getByRole('button', { name: /nog 1 te verzenden$/ })).toBeVisible();
		await rename(family.schoolName, 'De Nieuwe Naam');
		await context.setOffline(false);
		await expectSent(page);
		await expect(page.getByLabel('Naam van de school')).toHaveValue('De Nieuwe Naam');
		await expect(page.getByLabel('Vergrendelen na minuten zonder gebruik')).toHaveValue('20');
	});

	for (const [choice, name] of [
		['Houd wat ik invulde: Naam', 'Naam van de tweede'],
		['Neem de andere waarde over: Naam', 'Naam van de eerste']
	] as const) {
		test(`settle in the form what both changed: ${choice}`, async ({ openDevice }) => {
			const { page } = await openSettings(openDevice);
			const [schoolName, minutes] = [
				page.getByLabel('Naam van de school'),
				page.getByLabel('Vergrendelen na minuten zonder gebruik')
			];
			await schoolName.fill('Naam van de tweede');
			const desk = await server.desk(family.administrator);
			await desk.make('school.changeSettings@1', {
				edit: { name: [family.schoolName, 'Naam van de eerste'], lockAfterMinutes: [15, 20] }
			});
			await expect(minutes).toHaveValue('20');
			await expect(schoolName).toHaveValue('Naam van de tweede');
			await page.getByRole('button', { name: 'Opslaan' }).click();
			const notice = page.getByText('Kies wat er moet staan.');
			await expect(notice).toBeVisible();
			await expect(page.locator(':focus').filter({ has: notice })).toBeVisible();
			await expect(page.getByText(/^Door uzelf gewijzigd op/)).toBeVisible();
			await page.getByRole('button', { name: choice }).press('Enter');
			await expect(schoolName).toHaveValue(name);
			const settled = page.getByText(/^U hebt gekozen\.|^De andere waarde staat er nu\./);
			await expect(page.locator(':focus').filter({ has: settled })).toBeVisible();
			const save = page.getByRole('button', { name: 'Opslaan' });
			if (await save.isVisible()) await save.click();
			await expectSent(page);
			await expect(schoolName).toHaveValue(name);
			await expect(notice).toBeHidden();
		});
	}

	/** A name that was given offline, and refused: it is here with what the other device made of it. */
	async function loseConflict(openDevice: OpenDevice): Promise<{ page: Page; refused: Locator }> {
		const { page, context } = await openSettings(openDevice);
		await context.setOffline(true);
		await changeSetting(page, 'Naam van de school', 'Naam van de tweede');
		await rename(family.schoolName, 'Naam van de eerste');
		await context.setOffline(false);
		await page.getByRole('button', { name: '1 wijziging niet aangenomen' }).click();
		await page.getByRole('link', { name: 'Te verzenden bekijken' }).click();
		await expect(title(page)).toHaveText('Te verzenden');
		const refused = page.getByRole('list', { name: 'Niet aangenomen' }).getByRole('listitem');
		const fields = refused.getByRole('group', { name: 'Naam' });
		await expect(fields.getByRole('definition')).toHaveText([
			'Naam van de tweede',
			'Naam van de eerste'
		]);
		await expect(fields).toContainText(/Door uzelf gewijzigd op .* uur, op een andere plek\./);
		return { page, refused };
	}

	test('tell who lost a conflict, who sends it again over what is there', async ({
		openDevice
	}) => {
		const { page, refused } = await loseConflict(openDevice);
		await refused.getByRole('button', { name: /^Houd wat ik invulde/ }).click();
		await expect(page.getByText('Alles is verzonden')).toBeVisible();
		await expectSent(page);
		await openPage(page, 'Instellingen');
		await expect(page.getByLabel('Naam van de school')).toHaveValue('Naam van de tweede');
	});

	test('tell who lost a conflict, who lets the other value stand', async ({ openDevice }) => {
		const { page, refused } = await loseConflict(openDevice);
		await refused.getByRole('button', { name: /^Neem de andere waarde over/ }).click();
		await expect(page.getByText('Alles is verzonden')).toBeVisible();
		await openPage(page, 'Instellingen');
		await expect(page.getByLabel('Naam van de school')).toHaveValue('Naam van de eerste');
	});

	test('tell who lost a conflict, and keep what was typed', async ({ openDevice }) => {
		const { page, refused } = await loseConflict(openDevice);
		await expect(refused.getByRole('link', { name: /^Aanpassen/ })).toHaveAttribute(
			'href',
			'/beheer/instellingen'
		);
		await refused.getByRole('button', { name: /^Weggooien/ }).click();
		await page.getByRole('alertdialog').getByRole('button', { name: 'Weggooien' }).click();
		await expect(page.getByText('Alles is verzonden')).toBeVisible();
		await expectSent(page);
	});

	test('undo nothing that the other has changed since', async ({ openDevice }) => {
		const { page, context } = await openSettings(openDevice, keepsApp);
		await changeSetting(page, 'Naam van de school', 'Naam van de eerste');
		await expectSent(page);
		await readyForOffline(page);
		await context.setOffline(true);
		await rename('Naam van de eerste', 'Naam van de tweede');
		await page.getByRole('button', { name: 'Ongedaan maken' }).click();
		await expect(page.getByLabel('Naam van de school')).toHaveValue(family.schoolName);
		await context.setOffline(false);
		await expect(page.getByLabel('Naam van de school')).toHaveValue('Naam van de tweede');
		await page.getByRole('button', { name: '1 wijziging niet aangenomen' }).click();
		await page.getByRole('link', { name: 'Te verzenden bekijken' }).click();
		const refused = page.getByRole('list', { name: 'Niet aangenomen' });
		await expect(refused).toContainText('Dit kan niet meer ongedaan worden gemaakt');
	});

	test('send from one what the other could not, by a file', async ({ openDevice }) => {
		const one = await openSettings(openDevice, keepsApp);
		await readyForOffline(one.page);
		await one.context.setOffline(true);
		await changeSetting(one.page, 'Naam van de school', 'Uit het bestand');
		await one.page.getByRole('button', { name: /nog 1 te verzenden$/ }).click();
		await one.page.getByRole('link', { name: 'Te verzenden bekijken' }).click();
		const waiting = one.page.getByRole('list', { name: 'Nog te verzenden' });
		await expect(waiting.getByRole('listitem')).toHaveCount(1);
		const downloading = one.page.waitForEvent('download');
		await one.page.getByRole('button', { name: 'Bewaren als bestand' }).click();
		const file = await (await downloading).path();
		const { page } = await openDevice(server.origin);
		await enter(page, family.administrator, 'Ingeschreven leerlingen');
		await page.goto('/beheer/te-verzenden');
		await signInHere(page, family.administrator.password);
		await page.getByLabel('Bestand kiezen').setInputFiles(file);
		await passwordField(page, 'Uw wachtwoord bij uw school').fill(family.administrator.password);
		await page.getByRole('button', { name: 'Openen en verzenden' }).click();
		await expect(page.getByText('1 wijziging uit het bestand wordt verzonden.')).toBeVisible();
		await expectSent(page);
		await expect(page.getByText('Uit het bestand').first()).toBeVisible();
		await one.context.setOffline(false);
		await expectSent(one.page);
	});
});

async function signInHere(page: Page, password: string): Promise<void> {
	await passwordField(page).fill(password);
	await page.getByRole('button', { name: 'Inloggen', exact: true }).click();
}

async function changeSetting(page: Page, label: string, value: string): Promise<void> {
	await page.getByLabel(label).fill(value);
	await page.getByRole('button', { name: 'Opslaan' }).click();
	await expect(page.getByText('De instellingen zijn opgeslagen.')).toBeVisible();
}
