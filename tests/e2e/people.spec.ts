import type { Page } from '@playwright/test';
import { SchoolServer } from './support/endpoint.ts';
import { family, familySchool } from './support/family-school.ts';
import { keepsApp, readyForOffline } from './support/offline.ts';
import {
	chooseSchool,
	enter,
	fillNewPassword,
	goTo,
	linkIn,
	title,
	type
} from './support/people.ts';
import { passwordField } from './support/school.ts';
import { expect, test } from './support/test.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const day = 24 * 60 * 60 * 1000;

let server: SchoolServer;
test.beforeEach(async () => {
	server = await SchoolServer.start(familySchool());
});
test.afterEach(async ({ browser }) => {
	// Devices that are still there would complain of a server that goes away.
	for (const context of browser.contexts()) await context.close();
	await server.stop();
});

/** Refusals that a test provokes are lines in the browser's console. */
const refused = /status of (?:401|410|403|422)/;

async function askForPassword(page: Page, userName: string): Promise<void> {
	await page.goto('/wachtwoord-opvragen');
	await page.getByLabel('Naam van de school').fill('regenb');
	await page.getByRole('button', { name: family.schoolName }).click();
	await page.getByLabel('Gebruikersnaam').fill(userName);
	await page.getByRole('button', { name: 'toesturen' }).click();
	await expect(title(page)).toHaveText('Kijk in je mail');
}

test('a forgotten password is replaced by the link of a mail, once', async ({ openDevice }) => {
	const { page, watched } = await openDevice(server.origin, phone);
	watched.expect(refused);
	await askForPassword(page, family.guardian.userName);
	await expect(page.getByText(family.contact)).toBeVisible();
	const { text } = await server.mailTo(family.guardian.email, /Wachtwoord wijzigen/);
	const link = linkIn(text, '/wachtwoord');
	await page.goto(link);
	await page.getByLabel('Gebruikersnaam (controlevraag)').fill('iemandanders');
	await fillNewPassword(page, 'Regenjas8');
	await page.getByRole('button', { name: 'Wachtwoord wijzigen' }).click();
	await expect(page.getByRole('alert')).toContainText('hoort niet bij de link');
	await page.getByLabel('Gebruikersnaam (controlevraag)').fill(family.guardian.userName);
	await page.getByRole('button', { name: 'Wachtwoord wijzigen' }).click();
	await expect(title(page)).toHaveText('Je wachtwoord is gewijzigd');
	await page.goto('/');
	await page.goto(link);
	await expect(page.getByText('Deze link werkt niet meer.')).toBeVisible();
	await page.getByRole('link', { name: 'Nieuwe link aanvragen' }).click();
	await expect(title(page)).toHaveText('Wachtwoord opvragen');
	await page.goto('/');
	await type(page, family.guardian);
	await expect(page.getByRole('alert')).toContainText('niet goed');
	await type(page, { ...family.guardian, password: 'Regenjas8' });
	await expect(title(page)).toHaveText('Mijn kinderen');
});

test('Dit ben ik niet kills the link, and the school is told', async ({ openDevice }) => {
	const { page, watched } = await openDevice(server.origin, phone);
	watched.expect(refused);
	await askForPassword(page, family.guardian.userName);
	const { text } = await server.mailTo(family.guardian.email, /Wachtwoord wijzigen/);
	await page.goto(linkIn(text, '/wachtwoord'));
	await page.getByRole('link', { name: 'Dit ben ik niet' }).click();
	await page.getByRole('button', { name: 'Dit ben ik niet' }).click();
	await expect(title(page)).toHaveText('Bedankt voor het melden');
	const told = await server.mailTo('beheer@school.example', /Niet zelf/);
	expect(told.text).toContain(family.guardian.userName);
	await page.goto('/');
	await page.goto(linkIn(text, '/wachtwoord'));
	await expect(page.getByText('Deze link werkt niet meer.')).toBeVisible();
});

test('without a connection what was typed stays', async ({ openDevice }) => {
	const { page, context, watched } = await openDevice(server.origin, phone);
	watched.expect(/ERR_INTERNET_DISCONNECTED/);
	await page.goto('/wachtwoord-opvragen');
	await page.getByLabel('Naam van de school').fill('regenb');
	await page.getByRole('button', { name: family.schoolName }).click();
	await page.getByLabel('Gebruikersnaam').fill(family.guardian.userName);
	await context.setOffline(true);
	await page.getByRole('button', { name: 'toesturen' }).click();
	await expect(page.getByRole('alert')).toContainText('geen verbinding');
	await expect(page.getByLabel('Gebruikersnaam')).toHaveValue(family.guardian.userName);
	await context.setOffline(false);
	await page.getByRole('button', { name: 'toesturen' }).click();
	await expect(title(page)).toHaveText('Kijk in je mail');
});

test('an own address changes once its mail is answered, and the old one is told', async ({
	openDevice
}) => {
	const { page, watched } = await openDevice(server.origin, phone);
	watched.expect(refused);
	await enter(page, family.guardian, 'Mijn kinderen');
	await goTo(page, 'Mijn account');
	await page.getByRole('button', { name: 'E-mailadres wijzigen' }).click();
	await page.getByLabel('Nieuw e-mailadres').fill('els@nieuw.example');
	await passwordField(page, 'Huidig wachtwoord').fill('Verkeerd9');
	await page.getByRole('button', { name: 'Mail versturen' }).click();
	await expect(page.getByText('Het huidige wachtwoord is niet goed.')).toBeVisible();
	await expect(page.getByLabel('Nieuw e-mailadres')).toHaveValue('els@nieuw.example');
	await passwordField(page, 'Huidig wachtwoord').fill(family.guardian.password);
	await page.getByRole('button', { name: 'Mail versturen' }).click();
	await expect(page.getByText(/Er is een mail gestuurd naar els@nieuw.example/)).toBeVisible();
	await expect(page.getByText(family.guardian.email, { exact: true })).toBeVisible();
	const { text } = await server.mailTo('els@nieuw.example', /Bevestig/);
	const { page: elsewhere } = await openDevice(server.origin, phone);
	await elsewhere.goto(linkIn(text, '/e-mail-bevestigen'));
	await elsewhere.getByRole('button', { name: 'Bevestigen' }).click();
	await expect(title(elsewhere)).toHaveText('Je e-mailadres is bevestigd');
	const told = await server.mailTo(family.guardian.email, /gewijzigd/);
	expect(told.text).toContain('els@nieuw.example');
	await expect(page.getByText('els@nieuw.example', { exact: true })).toBeVisible();
});

test('a password of one’s own ends other sign-ins, and opens this device offline', async ({
	openDevice
}) => {
	const other = await openDevice(server.origin, phone);
	other.watched.expect(/status of 401/);
	await enter(other.page, family.guardian, 'Mijn kinderen');
	const { page, context, watched } = await openDevice(server.origin, { ...phone, ...keepsApp });
	// A request that is under way while the password changes may still carry the old session.
	watched.expect(/ERR_INTERNET_DISCONNECTED|status of 401/);
	await enter(page, family.guardian, 'Mijn kinderen');
	await goTo(page, 'Mijn account');
	await expect(page.getByText('dit apparaat', { exact: true })).toBeVisible();
	await expect(page.getByRole('button', { name: /uitloggen$/ })).toHaveCount(1);
	await page.getByRole('button', { name: 'Wachtwoord wijzigen' }).click();
	await passwordField(page, 'Huidig wachtwoord').fill(family.guardian.password);
	await fillNewPassword(page, 'Regenjas8');
	await page.getByRole('dialog').getByRole('button', { name: 'Wachtwoord wijzigen' }).click();
	await expect(page.getByText('Het wachtwoord is gewijzigd.')).toBeVisible();
	await readyForOffline(page);
	await context.setOffline(true);
	await page.getByRole('button', { name: /^Menu van / }).click();
	await page.getByRole('menuitem', { name: 'Vergrendelen' }).click();
	await passwordField(page).fill('Regenjas8');
	await page.getByRole('button', { name: 'Inloggen', exact: true }).click();
	await expect(title(page)).toHaveText('Mijn account');
});

test('a parent with the letter of the school chooses a password, and sees the children', async ({
	openDevice
}) => {
	const { page } = await openDevice(server.origin, phone);
	await chooseSchool(page);
	await type(page, family.newGuardian);
	await expect(title(page)).toHaveText('Kies een nieuw wachtwoord');
	await fillNewPassword(page, 'Regenjas8');
	await page.getByRole('button', { name: 'Opslaan en verder' }).click();
	await expect(title(page)).toHaveText('Mijn kinderen');
	await page.getByRole('link', { name: /Sem Bos.*5de leerjaar A/ }).click();
	await expect(page.getByText('Lindelaan 12')).toBeVisible();
	await page.getByRole('link', { name: 'Mijn kinderen' }).first().click();
	await expect(page.getByText('Eén kind is 18 jaar of ouder')).toBeVisible();
	await expect(page.getByText('Ruben')).toHaveCount(0);
});

test('a child’s data closes on the eighteenth birthday, offline too', async ({ openDevice }) => {
	const { page, context, watched } = await openDevice(server.origin, { ...phone, ...keepsApp });
	watched.expect(/ERR_INTERNET_DISCONNECTED/);
	await page.clock.install();
	await enter(page, family.guardian, 'Mijn kinderen');
	await expect(page.getByRole('link', { name: /Daan Janssens/ })).toBeVisible();
	await page.getByRole('link', { name: /Daan Janssens/ }).click();
	await expect(page.getByText('Lindelaan 12')).toBeVisible();
	await readyForOffline(page);
	await context.setOffline(true);
	await page.clock.setSystemTime(new Date(Date.now() + day));
	await page.clock.runFor(60_000);
	await expect(title(page)).not.toHaveText('Daan Janssens');
	await passwordField(page).fill(family.guardian.password);
	await page.getByRole('button', { name: 'Inloggen', exact: true }).click();
	await expect(title(page)).toHaveText('Deze gegevens ziet u hier niet (meer)');
	await page.getByRole('main').getByRole('link', { name: 'Mijn kinderen' }).last().click();
	await expect(page.getByRole('link', { name: /Noor Janssens/ })).toBeVisible();
	await expect(page.getByText('Daan')).toHaveCount(0);
	await expect(page.getByText('Eén kind is 18 jaar of ouder')).toBeVisible();
});

test('a pupil of age lets the parents see, and they do', async ({ openDevice }) => {
	const { page } = await openDevice(server.origin, phone);
	await enter(page, family.grownUp, 'Ruben Bos');
	await goTo(page, 'Mijn account');
	await page.getByLabel('Mijn ouders mogen mijn gegevens zien').check();
	await expect(page.getByText('Je ouders kunnen je gegevens nu zien.')).toBeVisible();
	await expect(page.getByRole('button', { name: /^Alles verzonden/ })).toBeVisible();
	const parent = await openDevice(server.origin, phone);
	await chooseSchool(parent.page);
	await type(parent.page, family.newGuardian);
	await fillNewPassword(parent.page, 'Regenjas8');
	await parent.page.getByRole('button', { name: 'Opslaan en verder' }).click();
	await expect(parent.page.getByRole('link', { name: /Ruben Bos/ })).toBeVisible();
	await page.getByLabel('Mijn ouders mogen mijn gegevens zien').uncheck();
	await expect(parent.page.getByRole('link', { name: /Ruben Bos/ })).toHaveCount(0);
});

test('a pupil with a temporary password chooses one, and is offered to link an address', async ({
	openDevice
}) => {
	const { page } = await openDevice(server.origin, phone);
	await chooseSchool(page);
	await type(page, family.pupil);
	await fillNewPassword(page, 'Sneeuwpop4');
	await page.getByRole('button', { name: 'Opslaan en verder' }).click();
	await expect(title(page)).toHaveText('Lina Haddad');
	await expect(page.getByRole('heading', { name: 'Koppel je e-mailadres' })).toBeVisible();
	await page.getByRole('button', { name: 'E-mailadres invullen' }).click();
	await page.getByLabel('Nieuw e-mailadres').fill('lina@example.org');
	await passwordField(page, 'Huidig wachtwoord').fill('Sneeuwpop4');
	await page.getByRole('button', { name: 'Mail versturen' }).click();
	const { text } = await server.mailTo('lina@example.org', /Bevestig/);
	const { page: elsewhere } = await openDevice(server.origin, phone);
	await elsewhere.goto(linkIn(text, '/e-mail-bevestigen'));
	await elsewhere.getByRole('button', { name: 'Bevestigen' }).click();
	await expect(title(elsewhere)).toHaveText('Je e-mailadres is bevestigd');
	await expect(page.getByRole('heading', { name: 'Koppel je e-mailadres' })).toHaveCount(0);
});

test('a child comes in by pictures, or by the word on a card, and leaves nothing behind', async ({
	openDevice
}) => {
	const { page, watched } = await openDevice(server.origin, phone);
	watched.expect(refused);
	await chooseSchool(page);
	await page.getByLabel('Gebruikersnaam').fill(family.pictures.userName);
	await page.getByRole('button', { name: 'Met plaatjes' }).click();
	const tap = async (...names: readonly string[]) => {
		for (const name of names) await page.getByRole('button', { name, exact: true }).click();
	};
	await tap('appel', 'kat', 'sleutel', 'eend', 'ster');
	await expect(page.getByText('Dat klopt nog niet.')).toBeVisible();
	await tap('kat', 'sleutel', 'Laatste weghalen', 'appel', 'sleutel', 'eend', 'ster');
	await expect(title(page)).toHaveText('Sem Bos');
	await expect(page.getByText('5de leerjaar A').first()).toBeVisible();
	await goTo(page, 'Mijn account');
	await page.getByRole('button', { name: 'Uitloggen' }).click();
	await expect(page.getByLabel('Gebruikersnaam')).toHaveValue('');
	const kept = await page.evaluate(async () => (await indexedDB.databases()).length);
	expect(kept).toBe(1);
	await type(page, family.child);
	await expect(title(page)).toHaveText('Noor Janssens');
});

test('a teacher sees their groups offline, and nobody comes into another’s part', async ({
	openDevice
}) => {
	const { page, context, watched } = await openDevice(server.origin, keepsApp);
	watched.expect(/ERR_INTERNET_DISCONNECTED/);
	await enter(page, family.teacher, 'Mijn groepen');
	await readyForOffline(page);
	await context.setOffline(true);
	await page.getByRole('searchbox', { name: 'Zoek op naam' }).fill('noor');
	await page.getByRole('link', { name: 'Noor Janssens' }).click();
	await expect(title(page)).toHaveText('Noor Janssens');
	await expect(page.getByText('Lindelaan 12')).toBeVisible();
	for (const path of ['/beheer/leerlingen', '/ouder', '/leerling']) {
		await page.goto(path);
		await passwordField(page).fill(family.teacher.password);
		await page.getByRole('button', { name: 'Inloggen', exact: true }).click();
		await expect(title(page)).toHaveText('Mijn groepen');
	}
});
