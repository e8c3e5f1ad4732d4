import { expect, type Locator, type Page } from '@playwright/test';
import { demoAccount, demoPassword } from '#lib/demo/sign-in.ts';
import { pupilTable } from './desk.ts';
import { Prepared } from './prepared.ts';

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

/**
 * Makes a school on this device, through *Nieuwe school op dit apparaat*. Returns its recovery
 * code.
 */
export async function makeSchoolByHand(page: Page, address = '/'): Promise<string> {
	await page.goto(address);
	await page.getByRole('link', { name: 'Nieuwe school op dit apparaat' }).click();
	return fillInSchool(page);
}

const schoolMade = new Prepared(makeSchoolByHand);

/**
 * Opens a school on this device, which has nothing yet: one that was made by hand on another, once
 * for all the tests of a worker. Returns its recovery code.
 */
export async function makeSchool(page: Page): Promise<string> {
	const recoveryCode = await schoolMade.layDown(page);
	await openMade(page);
	return recoveryCode;
}

/** Opens the app where a school of `makeSchool` was laid down. */
export async function openMade(page: Page, staff: Staff = school): Promise<void> {
	await page.goto('/');
	await signIn(page, staff);
	await expect(page.getByRole('heading', { name: 'Ingeschreven leerlingen' })).toBeVisible();
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

/** *Demoschool openen* that day, a little earlier, up to the password. */
async function openDemoByHand(page: Page): Promise<void> {
	await page.context().clock.install({ time: demoDay.replace('09:30', '09:15') });
	await page.goto('/');
	await page.getByRole('button', { name: 'Demoschool openen' }).click();
	await expect(page.getByRole('button', { name: 'Inloggen', exact: true })).toBeVisible({
		timeout: 30_000
	});
}

const demoMade = new Prepared(openDemoByHand);

/**
 * Opens the demo school on a day in November 2026 as its administration, on this device, which has
 * nothing yet: as it was made by hand on another, once for all the tests of a worker.
 */
export async function openDemo(page: Page): Promise<void> {
	await page.context().clock.install({ time: demoDay });
	await demoMade.layDown(page);
	await openMade(page, demoStaff);
	await expect(pupilTable(page)).toBeVisible();
}

/** *Vergrendelen*, from the user's menu. */
export async function lock(page: Page): Promise<void> {
	await page.getByRole('button', { name: /^Menu van / }).click();
	await page.getByRole('menuitem', { name: 'Vergrendelen' }).click();
	await expect(page.getByRole('button', { name: 'Inloggen', exact: true })).toBeVisible();
}
