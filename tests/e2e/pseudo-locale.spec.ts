import { devices, type Page } from '@playwright/test';
import { cutSentences, hardCodedDutch, speakPseudo } from './support/pseudo.ts';
import { demoStaff, openDemo } from './support/school.ts';
import { sidewaysFaults } from './support/screen.ts';
import { expect, test } from './support/test.ts';
import { Tour } from './support/tour.ts';

const pages = [
	'/beheer/leerlingen/aanmaken',
	'/beheer/accounts',
	'/beheer/kaarten',
	'/beheer/kaarten/uitreiken',
	'/beheer/importeren',
	'/beheer/scannen',
	'/beheer/geschiedenis',
	'/beheer/instellingen',
	'/beheer/te-verzenden'
];

/** The demo school's own, what its staff calls its work, and files that an administration exports. */
const names = ['Demoschool De Sleutelbloem', 'leerkracht', '.xlsx', 'Excel'];

async function lookAt(page: Page, route: string): Promise<void> {
	const faults = {
		dutch: await hardCodedDutch(page, names),
		cut: await cutSentences(page),
		sideways: await sidewaysFaults(page)
	};
	expect.soft({ route, ...faults }).toEqual({ route, dutch: [], cut: [], sideways: [] });
}

/** Past the main screens of the desk, and those before it, in a language that nobody speaks. */
async function lookAround(page: Page): Promise<void> {
	await openDemo(page);
	await speakPseudo(page.context());
	await page.goto('/');
	await expect(page.locator('button[type="submit"]')).toHaveText(/\[.+\]/);
	await lookAt(page, 'signing in');
	await page.locator('input[autocomplete="username"]').fill(demoStaff.userName);
	await page.locator('input[type="password"]').fill(demoStaff.password);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('grid')).toBeVisible();
	const tour = new Tour(page, (route) => lookAt(page, route));
	await tour.here();
	const pupil = page.getByRole('grid').locator('a[href^="/beheer/leerlingen/"]').first();
	await tour.goTo((await pupil.getAttribute('href')) ?? '');
	for (const address of pages) await tour.goTo(address);
}

test('sentences that are 40 % longer fit on a screen, and none was forgotten', async ({ page }) => {
	await lookAround(page);
});

test.describe('on a phone', () => {
	const { viewport, hasTouch, isMobile } = devices['Pixel 7'];
	test.use({ viewport, hasTouch, isMobile });

	test('sentences that are 40 % longer fit', async ({ page }) => {
		await lookAround(page);
	});
});

test('what was no message is found, and what is cut off', async ({ page }) => {
	await page.setContent(`<title>[Šçhóôóôl]</title><p>Wachtwoord vergeten</p><p>[Dáât {x}] Noor</p>
		<div style="width: 3em; overflow: hidden; white-space: nowrap">[Léêéêrlíîñgéêñ]</div>`);
	expect(await hardCodedDutch(page, names)).toEqual(['Wachtwoord vergeten']);
	expect(await cutSentences(page)).toEqual(['DIV [Léêéêrlíîñgéêñ]']);
});
