import type { Page } from '@playwright/test';
import {
	chooseFilter,
	expectRows,
	expectSelected,
	pupilTable,
	rowBoxes,
	search,
	openPage
} from './support/desk.ts';
import { demoStaff, openDemo, signIn } from './support/school.ts';
import { expect, test } from './support/test.ts';

/** The row that has the focus. */
function focusedRow(page: Page) {
	return pupilTable(page).locator('[role=row]:focus');
}

test.describe('in the demo school', () => {
	test.beforeEach(async ({ page }) => openDemo(page));

	test('the list has its columns, is sorted by Naam, and sorts by any of them', async ({
		page
	}) => {
		for (const column of [
			'Stamnummer',
			'Voornaam',
			'Naam',
			'Administratieve groep',
			'Status',
			'Type'
		]) {
			await expect(
				pupilTable(page).getByRole('columnheader', { name: column, exact: true })
			).toBeVisible();
		}
		const name = pupilTable(page).getByRole('columnheader', { name: 'Naam', exact: true });
		await expect(name).toHaveAttribute('aria-sort', 'ascending');
		await expectRows(page, 420);
		await expectSelected(page, 0);
		await pupilTable(page).getByRole('button', { name: 'Stamnummer' }).click();
		const numbers = await pupilTable(page)
			.getByRole('row')
			.filter({ has: page.getByRole('checkbox', { name: /^Selecteer/ }) })
			.evaluateAll((rows) => rows.map((row) => row.children[1]?.textContent.trim() ?? ''));
		expect(numbers.slice(0, 8)).toEqual(
			[...numbers].sort((one, other) => Number(one) - Number(other)).slice(0, 8)
		);
		await pupilTable(page).getByRole('button', { name: 'Naam', exact: true }).click();
		await pupilTable(page).getByRole('button', { name: 'Naam', exact: true }).click();
		await expect(name).toHaveAttribute('aria-sort', 'descending');
	});

	test('searching finds by number, by name in any spelling, and counts', async ({ page }) => {
		await page.keyboard.press('/');
		await expect(page.getByRole('searchbox')).toBeFocused();
		await page.keyboard.type('cagla cetin');
		await expectRows(page, 1);
		await expect(pupilTable(page).getByRole('row', { name: /Çağla/ })).toBeVisible();
		await page.keyboard.press('Escape');
		await expectRows(page, 420);
		await search(page, 'niemand heet zo');
		await expect(page.getByText('Geen leerling past bij dit filter.')).toBeVisible();
		await page.getByRole('button', { name: 'Filter wissen' }).click();
		await expectRows(page, 420);
	});

	test('filters add up, live in the address without anything personal, and come back with it', async ({
		page
	}) => {
		await chooseFilter(page, 'Status', ['Inactief']);
		await chooseFilter(page, 'Type', ['Gevorderd']);
		await expectRows(page, 30);
		await chooseFilter(page, 'Administratieve groep', ['2e lj 3e gr Elektromechanica TSO']);
		await expectRows(page, 13);
		await search(page, 'kareem');
		await expectRows(page, 1);
		expect(page.url()).not.toMatch(/kareem|lektromechanica/i);
		expect(page.url()).toContain('status=');
		await search(page, '');
		await openPage(page, 'Kaarten');
		await page.goBack();
		await expectRows(page, 13);
		await page.getByRole('button', { name: 'Filters wissen' }).click();
		await expectRows(page, 420);
	});

	test('a selection stays while the filter changes, and says what is out of sight', async ({
		page
	}) => {
		const boxes = rowBoxes(pupilTable(page));
		await boxes.nth(0).click();
		await boxes.nth(4).click({ modifiers: ['Shift'] });
		await expectSelected(page, 5);
		await chooseFilter(page, 'Status', ['Geen account']);
		const bar = page.getByRole('region', { name: 'Selectie' });
		await expect(bar).toContainText(/5 geselecteerd, waarvan \d buiten deze lijst/);
		await bar.getByRole('button', { name: 'Alle 30 selecteren' }).click();
		await expect(bar).toContainText(/3[0-5] geselecteerd/);
		await bar.getByRole('button', { name: 'Selectie wissen' }).click();
		await expectSelected(page, 0);
	});

	test('a command finds a pupil and goes there', async ({ page }) => {
		await page.keyboard.press('Control+k');
		await expect(page.getByRole('combobox', { name: /^Zoek een leerling/ })).toBeFocused();
		await page.keyboard.type('hatice ars');
		await expect(page.getByRole('option', { name: /Hatice Arslan/ })).toBeVisible();
		await page.keyboard.press('Enter');
		await expect(page.getByRole('heading', { name: 'Hatice Arslan', level: 1 })).toBeVisible();
	});

	test('the key for the commands is heard before they have come', async ({ page }) => {
		let send = (): void => undefined;
		const sent = new Promise<void>((resolve) => (send = resolve));
		await page.route('**/_app/immutable/chunks/*.js', async (route) => {
			const response = await route.fetch();
			const body = await response.text();
			if (body.includes('aria-activedescendant')) await sent;
			await route.fulfill({ response, body });
		});
		await page.reload();
		await signIn(page, demoStaff);
		await page.keyboard.press('Control+k');
		const field = page.getByRole('combobox', { name: /^Zoek een leerling/ });
		await expect(field).toBeHidden();
		send();
		await expect(field).toBeFocused();
		await page.keyboard.press('Control+k');
		await expect(field).toBeHidden();
	});

	test('the list is saved as Excel with the rows that the filter leaves', async ({ page }) => {
		await chooseFilter(page, 'Administratieve groep', ['6de leerjaar']);
		const download = page.waitForEvent('download');
		await page.getByRole('button', { name: 'Lijst opslaan (Excel)' }).click();
		expect((await download).suggestedFilename()).toMatch(/^leerlingen.*\.xlsx$/);
	});

	test('on paper the whole list is there', async ({ page }) => {
		await page.evaluate(() => {
			window.print = () => window.dispatchEvent(new Event('beforeprint'));
		});
		await page.getByRole('button', { name: 'Lijst afdrukken' }).click();
		await page.emulateMedia({ media: 'print' });
		const paper = page.getByRole('table', { name: 'Ingeschreven leerlingen' });
		await expect(paper.getByRole('row')).toHaveCount(421);
	});

	test('a long table is walked, selected and opened with the keyboard alone', async ({ page }) => {
		await search(page, ' ');
		await page.keyboard.press('ArrowDown');
		await pupilTable(page).getByRole('checkbox', { name: 'Alle 420 selecteren' }).focus();
		await page.keyboard.press('Tab');
		while ((await focusedRow(page).count()) === 0) await page.keyboard.press('Tab');
		await expect(focusedRow(page)).toHaveAttribute('aria-rowindex', '2');
		await page.keyboard.press('End');
		await expect(focusedRow(page)).toHaveAttribute('aria-rowindex', '421');
		await page.keyboard.press('Home');
		await page.keyboard.press('PageDown');
		await expect(focusedRow(page)).not.toHaveAttribute('aria-rowindex', '2');
		await page.keyboard.press('Home');
		await page.keyboard.press('Space');
		for (let step = 0; step < 30; step++) await page.keyboard.press('Shift+ArrowDown');
		await expect(focusedRow(page)).toHaveAttribute('aria-rowindex', '32');
		await expectSelected(page, 31);
		await page.keyboard.press('Control+a');
		await expectSelected(page, 420);
		await page.keyboard.press('Enter');
		await expect(page.getByRole('heading', { name: 'Inschrijvingsgegevens' })).toBeVisible();
	});
});
