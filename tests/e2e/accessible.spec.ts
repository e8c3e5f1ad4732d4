import { expectNoFaults } from './support/axe.ts';
import { openPage, openPupil, pupilTable } from './support/desk.ts';
import { openDemo, passwordField } from './support/school.ts';
import { expect, test } from './support/test.ts';

for (const colorScheme of ['light', 'dark'] as const) {
	test.describe(`axe finds nothing, ${colorScheme},`, () => {
		test.use({ colorScheme });

		test('before anybody is in', async ({ page }) => {
			await page.goto('/');
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			await expectNoFaults(page);
			await page.getByRole('link', { name: 'Nieuwe school op dit apparaat' }).click();
			await page.getByRole('button', { name: 'School maken' }).click();
			await expect(passwordField(page)).toHaveAttribute('aria-invalid', 'true');
			await expectNoFaults(page);
		});

		test('at the desk', async ({ page }) => {
			test.slow();
			await openDemo(page);
			await pupilTable(page).getByRole('checkbox').first().click();
			await expectNoFaults(page);
			await page.getByRole('link', { name: 'Vernieuw wachtwoord' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText(
				'Bulk: genereer nieuw wachtwoord'
			);
			await expectNoFaults(page);
			for (const name of [
				'Kaart scannen',
				'Importeren',
				'Kaarten',
				'Geschiedenis',
				'Medewerkers',
				'Instellingen'
			]) {
				await openPage(page, name);
				await expectNoFaults(page);
			}
		});

		test('where cards are handed out', async ({ page }) => {
			await openDemo(page);
			for (const name of ['Uitreiken', 'Klasoverzicht']) {
				await openPage(page, 'Kaarten');
				await page.getByRole('link', { name }).click();
				await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
				await expectNoFaults(page);
			}
			await page.goBack();
			await page.getByRole('link', { name: 'Uitreiken' }).click();
			await page.getByRole('grid', { name: 'Per groep' }).getByRole('link').first().click();
			await expect(page.getByRole('button', { name: 'Uitreiking afsluiten' })).toBeVisible();
			await expectNoFaults(page);
			await page.getByRole('button', { name: 'Uitreiking afsluiten' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Uitreiking afgesloten');
			await expectNoFaults(page);
		});

		test('of one pupil', async ({ page }) => {
			await openDemo(page);
			await openPupil(page, 'Hatice Arslan');
			await expectNoFaults(page);
			await page.getByRole('button', { name: 'Pas aanmeldgegevens aan' }).click();
			await expect(page.getByRole('dialog', { name: 'LeerID aanmeldgegevens' })).toBeVisible();
			await expectNoFaults(page);
			await page.keyboard.press('Escape');
			await page.getByRole('tab', { name: 'Detail account historiek' }).click();
			await expect(page.getByRole('list', { name: 'Geschiedenis' })).toBeVisible();
			await expectNoFaults(page);
		});
	});
}

test.describe('on a phone', () => {
	test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

	test('axe finds nothing in the list and on a pupil’s page', async ({ page }) => {
		await openDemo(page);
		await expectNoFaults(page);
		await openPupil(page, 'Hatice Arslan');
		await expectNoFaults(page);
	});
});
