import { expect, type Locator, type Page } from '@playwright/test';
import { demoAccount, demoPassword } from '#lib/demo/sign-in.ts';
import { pupilTable } from './desk.ts';
import { arrive, keep, layDown, makeKeysReadable, type Kept } from './kept.ts';

export interface Staff {
	userName: string;
	password: string;
}

export const school = {
	name: 'Basisschool De Regenboog',
	number: '123456',
	ownName: 'Griet Van Acker',
	userName: 'gvanacker',
	password: 'vijf paarse fietsbellen'
} as const;

export const demoStaff: Staff = { userName: demoAccount.userName, password: demoPassword };

/** The field for a password, and not the button that shows what was typed. */
export function passwordField(page: Page, label = 'Wachtwoord'): Locator {
	return page.getByRole('textbox', { name: label, exact: true });
}

/** A recovery code on the screen. */
export const recoveryCode = /^[0-9A-Z]{4,}(?:[- ][0-9A-Z]+)+$/;

/** Makes a school on this device, through *Nieuwe school op dit apparaat*. Answers its recovery code. */
export async function makeSchoolByHand(page: Page, address = '/'): Promise<string> {
	await page.goto(address);
	await page.getByRole('link', { name: 'Nieuwe school op dit apparaat' }).click();
	return fillInSchool(page);
}

/** What making a school left on a device, and what it told its maker. */
interface Made {
	readonly kept: Kept;
	readonly told: string;
}

let schoolMade: Promise<Made> | undefined;
let demoMade: Promise<Made> | undefined;

/**
 * Opens a school on this device, which has nothing yet: one that was made by hand on another, once for
 * all the tests of a worker. Answers its recovery code.
 */
export async function makeSchool(page: Page): Promise<string> {
	const origin = await arrive(page);
	const { kept, told } = await (schoolMade ??= makeElsewhere(page, origin, makeSchoolByHand));
	await layDown(page, kept);
	await page.goto('/');
	await signIn(page);
	await expect(page.getByRole('heading', { name: 'Ingeschreven leerlingen' })).toBeVisible();
	return told;
}

/** Makes a school on a device of its own, and takes along what that keeps. */
async function makeElsewhere(
	page: Page,
	baseURL: string,
	make: (page: Page) => Promise<string>
): Promise<Made> {
	const viewport = { width: 1280, height: 800 };
	const context = await page.context().browser()?.newContext({ baseURL, viewport });
	if (!context) throw new Error('a browser that opens no second window');
	await makeKeysReadable(context);
	const elsewhere = await context.newPage();
	const told = await make(elsewhere);
	const kept = await keep(elsewhere);
	await context.close();
	return { kept, told };
}

export async function fillInSchool(page: Page): Promise<string> {
	await page.getByLabel('Naam van de school').fill(school.name);
	await page.getByLabel('BRIN of instellingsnummer').fill(school.number);
	await page.getByLabel('Uw naam').fill(school.ownName);
	await expect(page.getByLabel('Gebruikersnaam')).toHaveValue(school.userName);
	await passwordField(page).fill(school.password);
	await passwordField(page, 'Wachtwoord nogmaals').fill(school.password);
	await page.getByRole('button', { name: 'School maken' }).click();
	await expect(page.getByRole('heading', { name: 'Bewaar uw herstelcode' })).toBeVisible();
	const code = await page.getByText(recoveryCode).textContent();
	await page.getByLabel('Ik heb de herstelcode afgedrukt of opgeschreven').check();
	await page.getByRole('button', { name: 'Naar mijn school' }).click();
	await expect(page.getByRole('heading', { name: 'Ingeschreven leerlingen' })).toBeVisible();
	return code ?? '';
}

/** Types user name and password, and asks to be let in. */
export async function trySignIn(page: Page, { userName, password }: Staff): Promise<void> {
	await page.getByLabel('Gebruikersnaam').fill(userName);
	await passwordField(page).fill(password);
	await page.getByRole('button', { name: 'Inloggen', exact: true }).click();
}

/** Signs in, and waits for the list of pupils. */
export async function signIn(page: Page, staff: Staff = school): Promise<void> {
	await trySignIn(page, staff);
	await expect(page.getByRole('button', { name: 'Bewaard op dit apparaat' })).toBeVisible();
}

/** A school day in autumn: what the demo school holds depends on the date. */
export const demoDay = '2026-11-10T09:30:00';

/** *Demoschool openen* on a day in November 2026, up to the password. */
export async function openDemoByHand(page: Page): Promise<string> {
	await page.context().clock.install({ time: demoDay });
	await page.goto('/');
	await page.getByRole('button', { name: 'Demoschool openen' }).click();
	await expect(page.getByRole('button', { name: 'Inloggen', exact: true })).toBeVisible({
		timeout: 30_000
	});
	return demoStaff.userName;
}

/**
 * Opens the demo school on this device, which has nothing yet, as its administration: as it was made on
 * another, once for all the tests of a worker.
 */
export async function openDemo(page: Page): Promise<void> {
	await page.context().clock.install({ time: demoDay });
	const origin = await arrive(page);
	const { kept } = await (demoMade ??= makeElsewhere(page, origin, openDemoByHand));
	await layDown(page, kept);
	await page.goto('/');
	await signIn(page, demoStaff);
	await expect(pupilTable(page)).toBeVisible();
}

/** *Vergrendelen*, from the user's menu. */
export async function lock(page: Page): Promise<void> {
	await page.getByRole('button', { name: /^Menu van / }).click();
	await page.getByRole('menuitem', { name: 'Vergrendelen' }).click();
	await expect(page.getByRole('button', { name: 'Inloggen', exact: true })).toBeVisible();
}
