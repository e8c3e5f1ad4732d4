import { makeSchool, signIn } from './support/school.ts';
import { expect, test } from './support/test.ts';

test('a storage that does not open is no private window, and the school is there when it does', async ({
	page
}) => {
	await makeSchool(page);
	await page.addInitScript(() => {
		if (sessionStorage.getItem('opens') !== null) return;
		IDBFactory.prototype.open = () => {
			throw new DOMException('Internal error opening backing store', 'UnknownError');
		};
	});
	await page.reload();
	await expect(page.getByText('De gegevens op dit apparaat gaan nu niet open.')).toBeVisible();
	await page.evaluate(() => sessionStorage.setItem('opens', 'yes'));
	await page.getByRole('button', { name: 'Opnieuw proberen' }).click();
	await signIn(page);
});
