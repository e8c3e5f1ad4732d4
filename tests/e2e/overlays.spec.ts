import type { ElementHandle, Locator, Page } from '@playwright/test';
import { pupilTable } from './support/desk.ts';
import { openDemo } from './support/school.ts';
import { expect, test } from './support/test.ts';

/** Sends the event that an element sends a frame late, when it was closed and taken away before. */
async function tellLate(
	element: ElementHandle<SVGElement | HTMLElement>,
	type: 'close' | 'toggle'
): Promise<void> {
	await element.evaluate((old, type) => {
		const closed = { oldState: 'open', newState: 'closed' };
		old.dispatchEvent(type === 'close' ? new Event(type) : new ToggleEvent(type, closed));
	}, type);
}

/** Opens it, closes it, opens it again, and has the first one tell that it is closed. */
async function closesLate(
	page: Page,
	overlay: Locator,
	type: 'close' | 'toggle',
	open: () => Promise<void>
): Promise<void> {
	await open();
	await expect(overlay).toBeVisible();
	const first = await overlay.elementHandle();
	if (!first) throw new Error('nothing opened');
	await page.keyboard.press('Escape');
	await expect(overlay).toBeHidden();
	await open();
	await expect(overlay).toBeVisible();
	await tellLate(first, type);
	await expect(overlay).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(overlay).toBeHidden();
}

test('what was closed before and tells so late does not close what is open now', async ({
	page
}) => {
	await openDemo(page);
	await test.step('a menu', () =>
		closesLate(page, page.getByRole('menu'), 'toggle', () =>
			page.getByRole('button', { name: /^Menu van / }).click()
		));
	await test.step('a filter', () =>
		closesLate(page, page.getByRole('dialog', { name: 'Status' }), 'toggle', () =>
			page
				.getByRole('group', { name: 'Filter leerlingenlijst' })
				.getByRole('button', { name: 'Status' })
				.click()
		));
	await test.step('the commands', () =>
		closesLate(page, page.getByRole('dialog', { name: 'Zoek' }), 'close', () =>
			page.keyboard.press('Control+k')
		));
	await test.step('a dialog', async () => {
		await pupilTable(page).getByRole('link').first().click();
		await closesLate(page, page.getByRole('dialog'), 'close', () =>
			page.getByRole('button', { name: 'Pas aanmeldgegevens aan' }).click()
		);
	});
	await test.step('what asks before a form is left', async () => {
		await page
			.getByRole('navigation', { name: 'Hoofdnavigatie' })
			.getByRole('link', { name: 'Instellingen' })
			.click();
		await page.getByLabel('Naam van de school').fill('De Nieuwe Weg');
		await closesLate(page, page.getByRole('alertdialog'), 'close', async () => {
			await page.goBack();
		});
	});
});
