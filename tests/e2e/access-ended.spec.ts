import type { Browser, BrowserContext, Page } from '@playwright/test';
import { openPage, pupilTable } from './support/desk.ts';
import { SchoolServer } from './support/endpoint.ts';
import { family, familySchool } from './support/family-school.ts';
import { keepsApp, readyForOffline } from './support/offline.ts';
import {
	chooseSchool,
	enter,
	expectSent,
	fillNewPassword,
	goTo,
	title,
	type
} from './support/people.ts';
import { lock, passwordField } from './support/school.ts';
import { expect, test } from './support/test.ts';

let server: SchoolServer;
test.beforeEach(async () => {
	server = await SchoolServer.start(familySchool());
});
test.afterEach(async ({ browser }: { browser: Browser }) => {
	// Pages that still listen would complain of a server that has gone.
	for (const context of browser.contexts()) await context.close();
	await server.stop();
});

const { administrator, teacher } = family;
/** Refusals that a test provokes, and a connection that it cuts, are lines in the console. */
const provoked = /status of (?:401|403)|ERR_INTERNET_DISCONNECTED/;

async function tryPassword(page: Page, password: string): Promise<void> {
	await passwordField(page).fill(password);
	await page.getByRole('button', { name: 'Inloggen', exact: true }).click();
}

/** Bytes of what a device keeps, by the stores that hold records. */
async function keptBytes(page: Page): Promise<number> {
	return page.evaluate(async () => {
		const result = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(new Error('not readable'));
			});
		let bytes = 0;
		for (const { name = '' } of await indexedDB.databases()) {
			const database = await result(indexedDB.open(name));
			if (database.objectStoreNames.contains('pages')) {
				const pages = database.transaction('pages').objectStore('pages');
				const rows: readonly { sealed: Uint8Array }[] = await result(pages.getAll());
				bytes += rows.reduce((sum, { sealed }) => sum + sealed.byteLength, 0);
			}
			database.close();
		}
		return bytes;
	});
}

test('an account that the administration archives closes on the other device', async ({
	openDevice
}) => {
	const { page, watched } = await openDevice(server.origin);
	watched.expect(provoked);
	await enter(page, teacher, 'Mijn groepen');
	const desk = await server.desk(administrator);
	await desk.make('account.archive@1', { accountId: server.account(teacher.userName).id });
	await expect(page.getByText('Met dit account kan niet meer worden ingelogd.')).toBeVisible();
	await tryPassword(page, teacher.password);
	await expect(page.getByRole('alert')).toContainText('kan niet meer worden ingelogd');
});

test('an account that the administration blocks closes, and opens once the block is lifted', async ({
	openDevice
}) => {
	const { page, watched } = await openDevice(server.origin);
	watched.expect(provoked);
	await enter(page, teacher, 'Mijn groepen');
	const desk = await server.desk(administrator);
	const { id: accountId } = server.account(teacher.userName);
	await desk.make('signIn.block@1', { accountId, cause: 'administration' });
	await expect(page.getByText('Account is geblokkeerd')).toBeVisible();
	// The same sentence stood there before: the server must have said it again.
	const refused = page.waitForResponse(
		(response) =>
			new URL(response.url()).pathname === '/api/session' && response.request().method() === 'POST'
	);
	await tryPassword(page, teacher.password);
	await refused;
	await expect(page.getByText('De school heeft dit account geblokkeerd.')).toBeVisible();
	await expect(page.getByText('leerlingenadministratie')).toBeVisible();
	await desk.make('signIn.unblock@1', { accountId });
	await tryPassword(page, teacher.password);
	await expect(title(page)).toHaveText('Mijn groepen');
});

test('a teacher who loses a group keeps nothing of it', async ({ openDevice }) => {
	const { page } = await openDevice(server.origin);
	await enter(page, teacher, 'Mijn groepen');
	await expect(page.getByRole('link', { name: 'Noor Janssens' })).toBeVisible();
	const before = await keptBytes(page);
	const desk = await server.desk(administrator);
	const { id: accountId, groupIds } = server.account(teacher.userName);
	await desk.make('account.edit@1', { accountId, edit: { groupIds: [groupIds, []] } });
	await expect(page.getByRole('link', { name: 'Noor Janssens' })).toHaveCount(0);
	await expect.poll(() => keptBytes(page)).toBeLessThan(before / 2);
	await page.reload();
	await tryPassword(page, teacher.password);
	await expect(title(page)).toHaveText('Mijn groepen');
	await expect(page.getByText('Noor')).toHaveCount(0);
});

test('a session that ended asks for the password, and sends what was done meanwhile', async ({
	openDevice
}) => {
	const { page, context, watched } = await openDevice(server.origin);
	watched.expect(provoked);
	await enter(page, administrator, 'Ingeschreven leerlingen');
	await openPage(page, 'Instellingen');
	await signOutBehindItsBack(context);
	await page.getByLabel('Naam van de school').fill('Na het uitloggen');
	await page.getByRole('button', { name: 'Opslaan' }).click();
	await page.getByRole('button', { name: /log opnieuw in$/ }).click();
	const dialog = page.getByRole('dialog', { name: 'Bewaren' });
	await passwordField(page, 'Uw wachtwoord').fill('verkeerd wachtwoord');
	await dialog.getByRole('button', { name: 'Inloggen', exact: true }).click();
	await expect(dialog.getByRole('alert')).toBeVisible();
	await passwordField(page, 'Uw wachtwoord').fill(administrator.password);
	await dialog.getByRole('button', { name: 'Inloggen', exact: true }).click();
	await expect(dialog).toContainText('Laatste contact met uw school');
	await dialog.getByRole('button', { name: 'Sluiten' }).last().click();
	await expect(page.getByRole('button', { name: /^Alles verzonden/ })).toBeVisible();
	await expect(page.getByLabel('Naam van de school')).toHaveValue('Na het uitloggen');
});

test('a pupil whose sign-in ends is gone from the screen, but not by a new password', async ({
	openDevice
}) => {
	const { page, context, watched } = await openDevice(server.origin);
	watched.expect(provoked);
	await enter(page, family.grownUp, 'Ruben Bos');
	await goTo(page, 'Mijn account');
	await page.getByRole('button', { name: 'Wachtwoord wijzigen' }).click();
	await passwordField(page, 'Huidig wachtwoord').fill(family.grownUp.password);
	await fillNewPassword(page, 'Regenjas8');
	await page.getByRole('dialog').getByRole('button', { name: 'Wachtwoord wijzigen' }).click();
	await expect(page.getByText('Het wachtwoord is gewijzigd.')).toBeVisible();
	await expectSent(page);
	await expect(title(page)).toHaveText('Mijn account');
	await signOutBehindItsBack(context);
	await page.evaluate(() => window.dispatchEvent(new Event('online')));
	await expect(page.getByText('Je bent uitgelogd. Log opnieuw in.')).toBeVisible();
	await expect(page.getByText('Ruben')).toHaveCount(0);
});

async function signOutBehindItsBack(context: BrowserContext): Promise<void> {
	await context.clearCookies();
}

test('too long without contact, only the school opens it, with everything unsent', async ({
	openDevice
}) => {
	const { page, context, watched } = await openDevice(server.origin, keepsApp);
	watched.expect(provoked);
	await page.clock.install();
	await enter(page, administrator, 'Ingeschreven leerlingen');
	await openPage(page, 'Instellingen');
	await readyForOffline(page);
	await context.setOffline(true);
	await page.getByLabel('Naam van de school').fill('Nog niet verzonden');
	await page.getByRole('button', { name: 'Opslaan' }).click();
	await expect(page.getByRole('button', { name: /nog 1 te verzenden$/ })).toBeVisible();
	await lock(page);
	await page.clock.setSystemTime(new Date(Date.now() + 73 * 60 * 60 * 1000));
	await tryPassword(page, administrator.password);
	await expect(page.getByRole('alert')).toContainText('Log in met internet.');
	await expect(page.getByLabel('Gebruikersnaam')).toHaveValue(administrator.userName);
	await expect(passwordField(page)).toHaveValue(administrator.password);
	await context.setOffline(false);
	await page.getByRole('button', { name: 'Inloggen', exact: true }).click();
	await expect(page.getByLabel('Naam van de school')).toHaveValue('Nog niet verzonden');
	await expect(page.getByRole('button', { name: /^Alles verzonden/ })).toBeVisible();
});

test('a lost device is emptied from another', async ({ openDevice }) => {
	const lost = await openDevice(server.origin);
	lost.watched.expect(provoked);
	await enter(lost.page, teacher, 'Mijn groepen');
	const { page } = await openDevice(server.origin);
	await enter(page, teacher, 'Mijn groepen');
	await goTo(page, 'Mijn account');
	await page
		.getByRole('button', { name: /uitloggen$/ })
		.first()
		.click();
	const dialog = page.getByRole('alertdialog');
	await dialog.getByRole('checkbox').check();
	await dialog.getByRole('button', { name: /uitloggen$/i }).click();
	await expect(
		lost.page.getByText(/Alle gegevens van de school zijn van dit apparaat verwijderd/)
	).toBeVisible();
	expect(await keptBytes(lost.page)).toBe(0);
});

test('wrong passwords are counted, and a blocked account says why and whom to ask', async ({
	openDevice
}) => {
	const { page, watched } = await openDevice(server.origin);
	watched.expect(/status of (?:401|403|429)/);
	await chooseSchool(page);
	await page.getByLabel('Gebruikersnaam').fill(teacher.userName);
	for (let times = 1; times <= 5; times++) {
		const answered = page.waitForResponse('**/api/session');
		await tryPassword(page, 'niet het wachtwoord');
		await answered;
	}
	await tryPassword(page, teacher.password);
	await expect(page.getByRole('alert')).toContainText(/U kunt het weer proberen om \d\d:\d\d/);
});

test('a second teacher on a shared device signs in at the school by the way', async ({
	openDevice
}) => {
	const { page, watched } = await openDevice(server.origin);
	watched.expect(provoked);
	await enter(page, teacher, 'Mijn groepen');
	await lock(page);
	await page.getByRole('button', { name: 'Inloggen bij uw school' }).click();
	await type(page, administrator);
	await expect(pupilTable(page)).toBeVisible();
	await lock(page);
	await page.getByLabel('School').selectOption({ index: 0 });
	await type(page, teacher);
	await expect(title(page)).toHaveText('Mijn groepen');
	await expect(page.getByRole('button', { name: /^Alles verzonden/ })).toBeVisible();
});
