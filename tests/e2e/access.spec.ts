import type { Page } from '@playwright/test';
import { openPage, openPupil, pupilTable } from './support/desk.ts';
import {
	demoStaff,
	fillInSchool,
	lock,
	makeSchool,
	makeSchoolByHand,
	openDemo,
	passwordField,
	recoveryCode,
	school,
	signIn,
	trySignIn
} from './support/school.ts';
import { expect, test } from './support/test.ts';

const empty = 'Nog geen leerlingen';
const wrong = 'De gebruikersnaam of het wachtwoord is niet goed. Probeer het nog eens.';
const tooOften = /^Er is te vaak een verkeerd wachtwoord ingevuld\. U kunt het weer proberen om/;

test('a new school opens, locks, and opens again with the password', async ({ page }) => {
	await makeSchoolByHand(page);
	await expect(page.getByText(empty)).toBeVisible();
	await lock(page);
	await expect(page.getByText(empty)).toBeHidden();
	await page.reload();
	await signIn(page);
	await expect(page.getByText(empty)).toBeVisible();
});

test('a weak password, two different ones and a wrong number are refused with a reason', async ({
	page
}) => {
	await page.goto('/nieuw');
	await page.getByRole('button', { name: 'School maken' }).click();
	await expect(page.getByText('Vul dit in.')).toHaveCount(2);
	await page.getByLabel('Naam van de school').fill(school.name);
	await page.getByLabel('BRIN of instellingsnummer').fill('0123');
	await page.getByLabel('Uw naam').fill(school.ownName);
	await passwordField(page).fill('welkom12');
	await passwordField(page, 'Wachtwoord nogmaals').fill('welkom13');
	await expect(page.getByText(/^Dit is geen BRIN/)).toBeVisible();
	await expect(page.getByText('De twee wachtwoorden zijn niet gelijk.')).toBeVisible();
	const rule = page.getByRole('listitem').filter({ hasText: '12 tekens of meer' });
	await expect(rule).toContainText('nog niet');
	await page.getByRole('button', { name: 'School maken' }).click();
	await expect(page.getByRole('heading', { name: 'Bewaar uw herstelcode' })).toBeHidden();
});

test('from the fifth wrong password on there is a delay, which a reload does not shorten', async ({
	page
}) => {
	await page.clock.install();
	await makeSchool(page);
	await lock(page);
	for (let attempt = 1; attempt <= 4; attempt++) {
		await trySignIn(page, { ...school, password: `fout wachtwoord ${attempt}` });
		await expect(page.getByText(wrong)).toBeVisible();
		await expect(passwordField(page)).toHaveValue('');
	}
	await trySignIn(page, { ...school, password: 'fout wachtwoord 5' });
	await expect(page.getByText(tooOften)).toBeVisible();
	await page.reload();
	await trySignIn(page, school);
	await expect(page.getByText(tooOften)).toBeVisible();
	await page.clock.fastForward('01:01');
	await signIn(page);
	await expect(page.getByText(empty)).toBeVisible();
});

test('the recovery code opens a school whose password was forgotten, and sets a new one', async ({
	page
}) => {
	const code = await makeSchool(page);
	await lock(page);
	const password = 'negen slapende egels';
	const recover = async (typed: string) => {
		await page.getByLabel('Gebruikersnaam').fill(school.userName);
		await page.getByLabel('Herstelcode').fill(typed);
		await passwordField(page, 'Nieuw wachtwoord').fill(password);
		await passwordField(page, 'Wachtwoord nogmaals').fill(password);
		await page.getByRole('button', { name: 'Wachtwoord wijzigen' }).click();
	};
	await page.getByRole('button', { name: 'Wachtwoord vergeten?' }).click();
	await recover(code.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')));
	await expect(page.getByText(/^Deze herstelcode klopt niet/)).toBeVisible();
	await recover(code);
	await expect(page.getByText(empty)).toBeVisible();

	await lock(page);
	await trySignIn(page, school);
	await expect(page.getByText(wrong)).toBeVisible();
	await signIn(page, { ...school, password });
});

test('a new recovery code takes the place of the old one, once its user says that it is kept', async ({
	page
}) => {
	const old = await makeSchool(page);
	await openPage(page, 'Instellingen');
	await page.getByRole('link', { name: 'Nieuwe herstelcode' }).click();
	await passwordField(page, 'Uw eigen wachtwoord').fill('dit is het niet');
	await page.getByRole('button', { name: 'Nieuwe herstelcode maken' }).click();
	await expect(page.getByText('Uw eigen wachtwoord is niet goed.')).toBeVisible();
	await passwordField(page, 'Uw eigen wachtwoord').fill(school.password);
	await page.getByRole('button', { name: 'Nieuwe herstelcode maken' }).click();
	const renewed = await page.getByText(recoveryCode).textContent();
	expect(renewed).not.toBe(old);
	await page.getByLabel('Ik heb de herstelcode afgedrukt of opgeschreven').check();
	await page.getByRole('button', { name: 'Deze code gebruiken' }).click();
	await expect(page.getByText(/^De nieuwe herstelcode geldt/)).toBeVisible();
});

test('another tab needs no password while one is signed in, and locking locks them all', async ({
	page,
	context
}) => {
	await makeSchool(page);
	const other = await context.newPage();
	await other.goto('/beheer/leerlingen');
	await expect(other.getByText(empty)).toBeVisible();
	await lock(page);
	await expect(other.getByRole('button', { name: 'Inloggen', exact: true })).toBeVisible();
	await expect(other.getByText(empty)).toBeHidden();

	await other.reload();
	await signIn(other);
});

test('after a quarter of an hour without use every tab locks itself', async ({ page, context }) => {
	await context.clock.install();
	await makeSchool(page);
	const other = await context.newPage();
	await other.goto('/beheer/leerlingen');
	await expect(other.getByText(empty)).toBeVisible();
	await context.clock.fastForward('14:00');
	await page.keyboard.press('Tab');
	// A value that one tab stores comes to the other a moment later, and here a moment is a quarter of
	// an hour.
	const lastUse = (tab: Page) => tab.evaluate(() => localStorage.getItem('schoolsleutel.active'));
	const used = await lastUse(page);
	await expect.poll(() => lastUse(other)).toBe(used);
	await context.clock.fastForward('14:00');
	await expect(page.getByText(empty)).toBeVisible();
	await context.clock.fastForward('02:00');
	for (const tab of [page, other]) {
		await expect(tab.getByRole('button', { name: 'Inloggen', exact: true })).toBeVisible();
		await expect(tab.getByText('Log in om verder te gaan. Wat u deed, is bewaard.')).toBeVisible();
	}
});

test('after a lock one is back where one was', async ({ page }) => {
	await openDemo(page);
	await openPupil(page, 'Hatice Arslan');
	await lock(page);
	await expect(page.getByText('Hatice Arslan')).toBeHidden();
	await signIn(page, demoStaff);
	await expect(page.getByRole('heading', { name: 'Hatice Arslan', level: 1 })).toBeVisible();
});

test('a school whose name and staff the device forgot still opens', async ({ page }) => {
	await makeSchool(page);
	await lock(page);
	await page.evaluate(
		() =>
			new Promise((resolve) => {
				indexedDB.deleteDatabase('schoolsleutel-device').onsuccess = resolve;
			})
	);
	await page.reload();
	await expect(page.getByRole('heading', { name: 'Inloggen', level: 1 })).toBeVisible();
	await trySignIn(page, { ...school, password: 'niet het wachtwoord' });
	await expect(page.getByText(wrong)).toBeVisible();
	await signIn(page);
	await lock(page);
	await expect(page.getByRole('heading', { name: school.name, level: 1 })).toBeVisible();
});

test('two schools live on one device, each behind its own sign-in', async ({ page }) => {
	await openDemo(page);
	await lock(page);
	await page.getByRole('link', { name: 'Een andere school toevoegen' }).click();

	await fillInSchool(page);
	await expect(page.getByText(empty)).toBeVisible();
	await lock(page);
	await page.getByLabel('School').selectOption('Demoschool De Sleutelbloem');
	await trySignIn(page, school);
	await expect(page.getByText(wrong)).toBeVisible();
	await signIn(page, demoStaff);
	await expect(pupilTable(page)).toBeVisible();
});
