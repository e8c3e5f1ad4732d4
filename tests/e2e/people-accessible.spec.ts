import type { Page } from '@playwright/test';
import { expectNoFaults } from './support/axe.ts';
import { SchoolServer } from './support/endpoint.ts';
import { family, familySchool } from './support/family-school.ts';
import { chooseSchool, enter, goTo, title, type } from './support/people.ts';
import { expect, test } from './support/test.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let server: SchoolServer;
test.beforeEach(async () => {
	server = await SchoolServer.start(familySchool());
});
test.afterEach(async ({ browser }) => {
	for (const context of browser.contexts()) await context.close();
	await server.stop();
});

/** Goes to a place that the bar at the bottom has no room for. */
async function openMore(page: Page, name: string): Promise<void> {
	await page.getByRole('button', { name: 'Meer', exact: true }).click();
	await page.getByRole('dialog', { name: 'Meer' }).getByRole('link', { name }).click();
	await expect(title(page)).toHaveText(name);
}

test.describe('on a phone axe finds nothing', () => {
	test('where passwords are asked for and chosen', async ({ openDevice }) => {
		const { page, watched } = await openDevice(server.origin, phone);
		watched.expect(/status of 410/);
		await page.goto('/wachtwoord-opvragen');
		await page.getByRole('button', { name: 'toesturen' }).click();
		await expect(page.getByLabel('Gebruikersnaam')).toHaveAttribute('aria-invalid', 'true');
		await page.getByLabel('Naam van de school').fill('regen');
		await expect(page.getByRole('button', { name: family.schoolName })).toBeVisible();
		await expectNoFaults(page);
		await page.getByRole('button', { name: family.schoolName }).click();
		await page.getByLabel('Gebruikersnaam').fill('niemand');
		await page.getByRole('button', { name: 'toesturen' }).click();
		await expect(title(page)).toHaveText('Kijk in je mail');
		await expectNoFaults(page);
		await page.goto(`/dit-ben-ik-niet#school.${'x'.repeat(43)}`);
		await expect(title(page)).toHaveText('Dit ben ik niet');
		await expectNoFaults(page);
		await page.goto(`/wachtwoord#school.${'x'.repeat(43)}`);
		await expect(page.getByText('Deze link werkt niet meer.')).toBeVisible();
		await expectNoFaults(page);
	});

	test('of a password that a parent changes, and of the pictures of a pupil', async ({
		openDevice
	}) => {
		const { page } = await openDevice(server.origin, phone);
		await chooseSchool(page);
		await page.getByRole('button', { name: 'Met plaatjes' }).click();
		await page.getByRole('button', { name: 'kat', exact: true }).click();
		await expectNoFaults(page);
		await page.getByRole('button', { name: 'Met een wachtwoord' }).click();
		await type(page, family.guardian);
		await expect(title(page)).toHaveText('Mijn kinderen');
		await goTo(page, 'Mijn account');
		await page.getByRole('button', { name: 'Wachtwoord wijzigen' }).click();
		await expect(page.getByRole('dialog')).toBeVisible();
		await expectNoFaults(page);
	});

	test('of who reads the audit log', async ({ openDevice }) => {
		const { page } = await openDevice(server.origin, phone);
		await enter(page, family.administrator, 'Ingeschreven leerlingen');
		await openMore(page, 'Instellingen');
		await page.getByLabel('Naam van de school').fill('De Nieuwe Naam');
		await page.getByRole('button', { name: 'Opslaan' }).click();
		await expect(page.getByRole('button', { name: /^Alles verzonden/ })).toBeVisible();
		await openMore(page, 'Geschiedenis');
		await page.getByRole('link', { name: 'Controlelog' }).click();
		await expect(page.getByRole('grid', { name: 'Controlelog' })).toContainText('An Peeters');
		await page.getByRole('button', { name: 'Keten controleren' }).click();
		await expect(page.getByText(/^De keten klopt/)).toBeVisible();
		await expectNoFaults(page);
	});
});
