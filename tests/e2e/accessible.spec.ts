import { expectNoFaults } from './support/axe.ts';
import { openPage, openPupil } from './support/desk.ts';
import { chooseFiles, expectStep, importNow, tile } from './support/import.ts';
import { textFile } from './support/rosters.ts';
import { lock, openDemo, passwordField } from './support/school.ts';
import { expect, test } from './support/test.ts';

/**
 * The parts that pages.spec.ts sees of no page: what opens over it, and what somebody did there.
 */
test.describe('axe finds nothing', () => {
	test('in forms that are not filled in', async ({ page }) => {
		await page.goto('/nieuw');
		await page.getByRole('button', { name: 'School maken' }).click();
		await expect(passwordField(page)).toHaveAttribute('aria-invalid', 'true');
		await expectNoFaults(page);
	});

	test('in what opens over a page, which fits at 400 % zoom', async ({ page }) => {
		await openDemo(page);
		await page.keyboard.press('Control+k');
		await expect(page.getByRole('combobox', { name: /^Zoek een leerling/ })).toBeFocused();
		await expectNoFaults(page);
		await page.keyboard.press('Escape');
		await openPupil(page, 'Hatice Arslan');
		await page.getByRole('button', { name: 'Pas aanmeldgegevens aan' }).click();
		const dialog = page.getByRole('dialog', { name: 'LeerID aanmeldgegevens' });
		await expect(dialog).toBeVisible();
		await expectNoFaults(page);
		await page.setViewportSize({ width: 320, height: 256 });
		await page.getByRole('button', { name: 'Annuleer' }).click();
		await expect(dialog).toBeHidden();
		await page.setViewportSize({ width: 1280, height: 800 });
		await page.getByRole('tab', { name: 'Detail account historiek' }).click();
		await expect(page.getByRole('list', { name: 'Geschiedenis' })).toBeVisible();
		await expectNoFaults(page);
		await openPage(page, 'Accounts');
		await page.getByRole('link', { name: 'Account toevoegen' }).click();
		await page.getByRole('button', { name: 'Account maken' }).click();
		await expectNoFaults(page);
		await lock(page);
		await expectNoFaults(page);
	});

	test('once a class has its cards, and in an import with doubts', async ({ page }) => {
		await openDemo(page);
		await openPage(page, 'Kaarten');
		await page.getByRole('link', { name: 'Uitreiken' }).click();
		await page.getByRole('grid', { name: 'Per groep' }).getByRole('link').first().click();
		await page.getByRole('button', { name: 'Uitreiking afsluiten' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Uitreiking afgesloten');
		await expectNoFaults(page);
		const rows = ['9001;Noor;Proef;02/01/2019', '9001;Sam;Proef;31/02/2019'];
		const head = 'Stamnummer;Voornaam;Naam;Geboortedatum';
		await chooseFiles(page, [textFile('b.csv', [head, ...rows].join('\r\n'))]);
		await expectStep(page, 'Controleren');
		await tile(page, 'Twijfel').click();
		await expectNoFaults(page);
		await importNow(page);
		await expectNoFaults(page);
	});
});
