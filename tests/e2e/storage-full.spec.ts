import type { Page } from '@playwright/test';
import {
	chooseFilter,
	expectRows,
	openPupil,
	pupilTable,
	saveAndPrint,
	valueOf,
	openPage
} from './support/desk.ts';
import { chooseFiles, expectStep, importNow } from './support/import.ts';
import { csvFile, rosterOn } from './support/rosters.ts';
import { demoDay, makeSchool, openDemo } from './support/school.ts';
import { expect, test } from './support/test.ts';

const full =
	'Het apparaat is vol. Uw laatste wijziging is niet bewaard en nog niet doorgevoerd. Maak ruimte vrij en probeer het opnieuw.';

/** Room on the device for the app, a demo school and not much more. */
const deviceBytes = 60_000_000;

/** A device with so much room; from before the first write, since browsers look at it seldom. */
async function limitDevice(page: Page, origin = '', bytes = deviceBytes): Promise<Device> {
	const devtools = await page.context().newCDPSession(page);
	await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: bytes });
	return {
		fill: () => page.evaluate(fillStorage),
		// The quota holds for as long as its session does.
		makeRoom: () => devtools.detach()
	};
}

interface Device {
	fill(): Promise<void>;
	makeRoom(): Promise<void>;
}

/** Runs in the page: writes until not even a hundred bytes more can be kept. */
async function fillStorage(): Promise<void> {
	const database = await new Promise<IDBDatabase>((resolve) => {
		const request = indexedDB.open('filler', 1);
		request.onupgradeneeded = () =>
			request.result.createObjectStore('bytes', { autoIncrement: true });
		request.onsuccess = () => resolve(request.result);
	});
	const keeps = (size: number) =>
		new Promise<boolean>((resolve) => {
			const transaction = database.transaction('bytes', 'readwrite', { durability: 'strict' });
			const bytes = new Uint8Array(size);
			for (let at = 0; at < size; at += 65_536) {
				crypto.getRandomValues(bytes.subarray(at, at + 65_536));
			}
			transaction.objectStore('bytes').add(bytes);
			transaction.oncomplete = () => resolve(true);
			transaction.onabort = () => resolve(false);
		});
	for (const size of [4_000_000, 400_000, 40_000, 4_000, 400, 40]) while (await keeps(size));
	database.close();
}

test('on a full device a change is refused with a sentence, nothing shows as done, and it can be tried again', async ({
	page,
	baseURL
}) => {
	const device = await limitDevice(page, baseURL);
	await openDemo(page);
	await openPupil(page, 'Hatice Arslan');
	await page.getByRole('button', { name: 'Pas aanmeldgegevens aan' }).click();
	const dialog = page.getByRole('dialog', { name: 'LeerID aanmeldgegevens' });
	await dialog.getByRole('button', { name: 'pas gebruikersnaam aan' }).click();
	await dialog.getByLabel('Gebruikersnaam').fill('hatice.a');
	await device.fill();
	await dialog.getByRole('button', { name: 'Bewaren en afdrukken' }).click();
	await expect(dialog.getByText(full)).toBeVisible();
	await expect(page.getByText('Niet bewaard').first()).toBeAttached();
	await expect(dialog.getByLabel('Gebruikersnaam')).toHaveValue('hatice.a');

	await device.makeRoom();
	await saveAndPrint(page);
	await expect(page.getByText('Het LeerID is succesvol aangepast.')).toBeVisible();
	await expect(valueOf(page, 'Gebruikersnaam')).toHaveText('hatice.a');
	await expect(page.getByRole('button', { name: 'Bewaard op dit apparaat' })).toBeVisible();
});

test('on a full device a bulk renewal changes nobody', async ({ page, baseURL }) => {
	const device = await limitDevice(page, baseURL);
	await openDemo(page);
	await chooseFilter(page, 'Administratieve groep', ['6de leerjaar']);
	await pupilTable(page).getByRole('checkbox', { name: 'Alle 24 selecteren' }).check();
	await page.getByRole('link', { name: 'Vernieuw wachtwoord' }).click();
	await device.fill();
	await page.getByRole('button', { name: 'Bewaren en afdrukken' }).click();
	await expect(page.getByText(full)).toBeVisible();
	await device.makeRoom();
	await openPage(page, 'Kaarten');
	await expect(page.getByText(/zijn nog niet opgeslagen/)).toHaveCount(0);
	await expect(page.getByRole('button', { name: /^Opnieuw afdrukken/ })).toHaveCount(0);
});

test('on a full device an import changes nothing, and goes through once there is room', async ({
	page,
	baseURL
}) => {
	const device = await limitDevice(page, baseURL);
	await page.clock.install({ time: demoDay });
	await makeSchool(page);
	await chooseFiles(page, [csvFile(rosterOn(new Date(demoDay), 200))]);
	await expectStep(page, 'Controleren');
	await device.fill();
	await page.getByRole('button', { name: 'Importeren', exact: true }).click();
	await expect(page.getByText(full)).toBeVisible();
	await expect(page.getByText('Er is niets gewijzigd.')).toBeVisible();
	await device.makeRoom();
	await importNow(page);
	await page.getByRole('link', { name: 'Naar de leerlingen' }).click();
	await expectRows(page, 200);
});

test('a school that does not fit on the device is not made by half', async ({ page, baseURL }) => {
	const device = await limitDevice(page, baseURL, 1);
	await page.goto('/');
	await page.getByRole('button', { name: 'Demoschool openen' }).click();
	await expect(page.getByText(/^Het apparaat is vol/)).toBeVisible();
	await device.makeRoom();
	await page.reload();
	await expect(page.getByRole('heading', { name: 'Welkom bij Schoolsleutel' })).toBeVisible();
	expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBeLessThan(2);
});
