import type { Page } from '@playwright/test';
import { axeFaults, darkFaults } from './support/axe.ts';
import { pupilTable } from './support/desk.ts';
import { SchoolServer, stopAfter } from './support/endpoint.ts';
import { family, familySchool } from './support/family-school.ts';
import { chooseFiles, expectStep } from './support/import.ts';
import { enter } from './support/people.ts';
import { textFile } from './support/rosters.ts';
import { openDemo } from './support/school.ts';
import { keyboardFaults, sidewaysFaults, zoomFaults } from './support/screen.ts';
import { expect, test } from './support/test.ts';
import { Tour } from './support/tour.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** The parts of the app behind a sign-in, each with its own pages. */
const parts = ['/beheer', '/leerkracht', '/leerling', '/ouder'];
const isOf = (part: string) => (route: string) => route === part || route.startsWith(`${part}/`);
const isBefore = (route: string) => !parts.some((part) => isOf(part)(route));

/**
 * Holds every page to what is asked of all. Each is told with all of its faults, and the tour goes
 * on.
 */
function lookAt(page: Page): (route: string) => Promise<void> {
	return async (route) => {
		const light = await axeFaults(page);
		const dark = await darkFaults(page);
		const keyboard = await keyboardFaults(page);
		const sideways = [...(await sidewaysFaults(page)), ...(await zoomFaults(page))];
		const language = await page.locator('html').getAttribute('lang');
		expect
			.soft({ route, language, light, dark, keyboard, sideways })
			.toEqual({ route, language: 'nl', light: [], dark: [], keyboard: [], sideways: [] });
	};
}

/** Holds every page to it on a touch screen. */
function lookOnPhone(page: Page): (route: string) => Promise<void> {
	return async (route) => {
		const [light, sideways] = [await axeFaults(page), await sidewaysFaults(page)];
		expect.soft({ route, light, sideways }).toEqual({ route, light: [], sideways: [] });
	};
}

/** Past the pages of the administration, those too that something has to be done for. */
async function tourDesk(page: Page, look: (route: string) => Promise<void>): Promise<Tour> {
	await openDemo(page);
	for (const status of ['Actief', 'Geen account']) {
		const row = pupilTable(page).getByRole('row').filter({ hasText: status }).first();
		await row.getByRole('checkbox').check();
	}
	const tour = new Tour(page, look);
	await tour.follow();
	await chooseFiles(page, [textFile('a.csv', 'Iets;Wat\r\n1001;Noor')]);
	await expectStep(page, 'Kolommen');
	await tour.here();
	await page.getByRole('link', { name: 'Ander bestand' }).click();
	const rows = ['9001;Noor;Proef;02/01/2019', '9001;Sam;Proef;31/02/2019'];
	const head = 'Stamnummer;Voornaam;Naam;Geboortedatum';
	await chooseFiles(page, [textFile('b.csv', [head, ...rows].join('\r\n'))]);
	await expectStep(page, 'Controleren');
	await tour.here();
	for (const address of [
		'/beheer/instellingen/herstelcode',
		'/beheer/geschiedenis/controlelog',
		'/beheer/te-verzenden',
		'/beheer'
	]) {
		await tour.goTo(address);
	}
	return tour;
}

test.describe('every page passes axe, a keyboard, 400 % zoom and the other reading direction', () => {
	test.slow();

	test('before anybody is in', async ({ page }) => {
		await page.goto('/');
		const tour = new Tour(page, lookAt(page));
		await tour.follow();
		for (const address of tour.missed(isBefore)) await tour.goTo(address);
		expect(tour.missed(isBefore)).toEqual([]);
	});

	test('of the administration', async ({ page }) => {
		const tour = await tourDesk(page, lookAt(page));
		expect(tour.missed(isOf('/beheer'))).toEqual([]);
	});

	test('of parents, pupils and teachers', async ({ openDevice, browser }) => {
		const server = await SchoolServer.start(familySchool());
		for (const { part, who, heading } of [
			{ part: '/ouder', who: family.guardian, heading: 'Mijn kinderen' },
			{ part: '/leerling', who: family.grownUp, heading: 'Ruben Bos' },
			{ part: '/leerkracht', who: family.teacher, heading: 'Mijn groepen' }
		]) {
			const { page } = await openDevice(server.origin, phone);
			await enter(page, who, heading);
			const tour = new Tour(page, lookAt(page));
			await tour.follow();
			await tour.goTo(`${part}/te-verzenden`);
			expect(tour.missed(isOf(part))).toEqual([]);
		}
		await stopAfter(browser, server);
	});
});

test.describe('on a phone', () => {
	test.use(phone);

	test('every page of the administration passes axe and fits', async ({ page }) => {
		test.slow();
		const tour = await tourDesk(page, lookOnPhone(page));
		expect(tour.missed(isOf('/beheer'))).toEqual([]);
	});
});
