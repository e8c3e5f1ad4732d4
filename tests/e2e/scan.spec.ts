import { expect, type Page } from '@playwright/test';
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { encodeCardPayload, formatCardCode, parseCardCode } from '#lib/domain/cards/card-code.ts';
import { expectNoFaults } from './support/axe.ts';
import { forge, test, type Photo } from './support/camera.ts';
import { openPage, openPupil, saveAndPrint } from './support/desk.ts';
import { importFiles } from './support/import.ts';
import { keepsApp, readyForOffline } from './support/offline.ts';
import { textFile } from './support/rosters.ts';
import {
	expectAnswer,
	hold,
	onlyCard,
	openScan,
	printAnother,
	result
} from './support/scanning.ts';
import { demoStaff, makeSchool, openDemo, openDemoByHand, signIn } from './support/school.ts';

test.setTimeout(120_000);

const pupil = 'Hatice Arslan';

test('a printed card is current, then replaced, revoked, and current again once it is made anew', async ({
	page,
	camera
}) => {
	await openDemo(page);
	await openPupil(page, pupil);
	const first = await printAnother(page);
	await openScan(page);
	await hold(page, camera, first.photo);
	await expectAnswer(page, 'Actueel', pupil, 'Deze kaart geldt.');
	await expectNoFaults(page);

	await result(page).getByRole('link', { name: 'Leerling openen' }).click();
	await expect(page.getByRole('heading', { name: pupil, level: 1 })).toBeVisible();
	const second = await printAnother(page);
	await openScan(page);
	await hold(page, camera, first.photo);
	await expectAnswer(page, 'Vervangen', pupil, /sinds 10 november 2026/);
	await hold(page, camera, second.photo);
	await expectAnswer(page, 'Actueel', pupil);

	await result(page).getByRole('button', { name: 'Kaart intrekken' }).click();
	const dialog = page.getByRole('alertdialog', { name: `Kaart van ${pupil} intrekken?` });
	await expect(dialog).toContainText('Het wachtwoord op deze kaart werkt daarna niet meer.');
	await dialog.getByRole('button', { name: 'Kaart intrekken' }).click();
	await expectAnswer(page, 'Ingetrokken', pupil);
	await expectNoFaults(page);
	await expect(result(page).getByRole('button', { name: 'Kaart intrekken' })).toHaveCount(0);

	await result(page).getByRole('button', { name: 'Nieuwe kaart maken' }).click();
	const third = await onlyCard(await saveAndPrint(page));
	await openScan(page);
	await hold(page, camera, third.photo);
	await expectAnswer(page, 'Actueel', pupil);
	await hold(page, camera, second.photo);
	await expectAnswer(page, 'Ingetrokken', pupil);
});

test('a revoked card shows on the pupil’s page, and can be given back its password', async ({
	page,
	camera
}) => {
	await openDemo(page);
	await openPupil(page, pupil);
	const card = await printAnother(page);
	await page.getByRole('button', { name: 'Kaart intrekken' }).click();
	await page.getByRole('alertdialog').getByRole('button', { name: 'Kaart intrekken' }).click();
	await expect(
		page.getByText(/Het wachtwoord werkt niet meer tot er een nieuwe kaart is/)
	).toBeVisible();
	const said = page.getByText(`De kaart van ${pupil} is ingetrokken.`).locator('xpath=..');
	await said.getByRole('button', { name: 'Ongedaan maken' }).click();
	await expect(page.getByText(/Het wachtwoord werkt niet meer/)).toHaveCount(0);
	await openScan(page);
	await hold(page, camera, card.photo);
	await expectAnswer(page, 'Actueel', pupil);
});

test('after the enrolment a card is inactive', async ({ page, camera }) => {
	await openDemo(page);
	await openPupil(page, pupil);
	const card = await printAnother(page);
	await page.clock.setSystemTime('2027-09-10T09:30:00');
	await page.reload();
	await signIn(page, demoStaff);
	await openScan(page);
	await hold(page, camera, card.photo);
	await expectAnswer(page, 'Inactief', pupil, /De inschrijving is geëindigd op 31 augustus 2027/);
});

test('a forged card is never current: its id changed, signed with another key, or with a replaced one', async ({
	page,
	camera,
	openDevice,
	baseURL
}) => {
	await openDemo(page);
	await openPupil(page, pupil);
	const genuine = await printAnother(page);
	const other =
		await test.step('the same demo school elsewhere, with a key of its own', async () => {
			const device = await openDevice(baseURL ?? '');
			await openDemoByHand(device.page);
			await signIn(device.page, demoStaff);
			await openPupil(device.page, pupil);
			return printAnother(device.page);
		});
	const parsed = parseCardCode(genuine.text);
	if (!parsed.ok) throw new Error(parsed.refusal);
	const { schoolId, keyNumber, cardId, signature } = parsed.value;
	const madeUp = `${cardId.startsWith('A') ? 'B' : 'A'}${cardId.slice(1)}`;
	const changed = encodeCardPayload({ schoolId, keyNumber, cardId: madeUp });
	const { privateKey } = generateKeyPairSync('ed25519');
	const next = encodeCardPayload({ schoolId, keyNumber: keyNumber + 1, cardId });
	const der = privateKey.export({ format: 'der', type: 'pkcs8' });
	const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });

	await openScan(page);
	await hold(page, camera, forge(formatCardCode(changed, signature)));
	await expectAnswer(page, 'Niet echt', 'Deze kaart is niet door uw school gemaakt.');
	await hold(page, camera, other.photo);
	await expectAnswer(page, 'Niet echt', 'Deze kaart is niet door uw school gemaakt.');
	await hold(page, camera, forge(formatCardCode(next, sign(null, next, key))));
	await expectAnswer(page, 'Niet echt');

	await openPage(page, 'Instellingen');
	await page.getByRole('button', { name: 'Sleutel vervangen' }).click();
	await page.getByRole('alertdialog').getByRole('button', { name: 'Sleutel vervangen' }).click();
	await expect(page.getByText('De sleutel van kaarten is vervangen.')).toBeVisible();
	await openScan(page);
	await hold(page, camera, genuine.photo);
	await expectAnswer(page, 'Niet echt', 'een sleutel die uw school heeft vervangen');
});

test('another school’s card and another kind of code are told as such', async ({
	page,
	camera,
	openDevice,
	baseURL
}) => {
	const elsewhere = await test.step('another school prints a card', async () => {
		const device = await openDevice(baseURL ?? '');
		await makeSchool(device.page);
		const onePupil = textFile('a.csv', 'Stamnummer;Voornaam;Naam\r\n1001;Noor;Peeters');
		await importFiles(device.page, [onePupil]);
		await openPage(device.page, 'Leerlingen');
		await openPupil(device.page, 'Noor Peeters');
		await device.page.getByRole('button', { name: /LeerID aan/ }).click();
		return onlyCard(await saveAndPrint(device.page));
	});
	await openDemo(page);
	await openScan(page);
	await hold(page, camera, elsewhere.photo);
	await expectAnswer(page, 'Andere school', 'Deze kaart is van een andere school.');
	await hold(page, camera, forge('https://example.org/'));
	await expectAnswer(page, 'Geen kaart', 'Deze QR-code is geen kaart van Schoolsleutel.');
});

test.describe('without a network', () => {
	test.use(keepsApp);

	test('the camera reads a card', async ({ page, context, camera }) => {
		await openDemo(page);
		await openPupil(page, pupil);
		const card = await printAnother(page);
		await readyForOffline(page);
		await context.setOffline(true);
		await page.reload();
		await signIn(page, demoStaff);
		await openScan(page);
		await hold(page, camera, card.photo);
		await expectAnswer(page, 'Actueel', pupil);
	});
});

test('where WebAssembly cannot read, JavaScript does', async ({ page, camera, watched }) => {
	await page.route('**/zxing_reader*.wasm', (route) => route.abort());
	watched.expect(/ERR_FAILED.*zxing_reader/);
	await openDemo(page);
	await openScan(page);
	const refused = page.waitForEvent('requestfailed');
	await hold(page, camera, forge('https://example.org/x'));
	expect((await refused).url()).toContain('zxing_reader');
	await expectAnswer(page, 'Geen kaart');
});

/** How many cameras this page ever opened, and how many of them still run. */
async function cameras(page: Page): Promise<{ opened: number; running: number }> {
	return page.evaluate(() => {
		const { tracks = [] } = window as unknown as { tracks?: MediaStreamTrack[] };
		const running = tracks.filter(({ readyState }) => readyState === 'live').length;
		return { opened: tracks.length, running };
	});
}

test('the camera is off once the page is hidden or left', async ({ page, camera }) => {
	await page.addInitScript(() => {
		const tracks: MediaStreamTrack[] = [];
		Object.assign(window, { tracks });
		const { mediaDevices } = navigator;
		const open = mediaDevices.getUserMedia.bind(mediaDevices);
		mediaDevices.getUserMedia = async (asked) => {
			const stream = await open(asked);
			tracks.push(...stream.getTracks());
			return stream;
		};
	});
	await openDemo(page);
	await openScan(page);
	expect(camera.file).not.toBe('');
	await expect.poll(() => cameras(page)).toEqual({ opened: 1, running: 1 });
	const show = (state: 'hidden' | 'visible') =>
		page.evaluate((value) => {
			Object.defineProperty(document, 'visibilityState', { value, configurable: true });
			document.dispatchEvent(new Event('visibilitychange'));
		}, state);
	await show('hidden');
	await expect.poll(() => cameras(page)).toEqual({ opened: 1, running: 0 });
	await show('visible');
	await expect.poll(() => cameras(page)).toEqual({ opened: 2, running: 1 });
	await openPage(page, 'Kaarten');
	await expect.poll(() => cameras(page)).toEqual({ opened: 2, running: 0 });
});

test.describe('where the camera is refused', () => {
	test.use({ permissions: [] });

	test('a photo or the user name does as well', async ({ page }) => {
		await openDemo(page);
		await openPupil(page, pupil);
		const card = await printAnother(page);
		await openPage(page, 'Kaart scannen');
		await expect(page.getByText('Er wordt geen beeld bewaard of verstuurd.')).toBeVisible();
		await page.getByRole('button', { name: 'Camera aanzetten' }).click();
		await expect(page.getByText('De camera is niet toegestaan')).toBeVisible();
		await expect(page.getByRole('button', { name: 'Opnieuw proberen' })).toBeVisible();
		await expectNoFaults(page);

		const photo = page.getByLabel('Foto van de kaart kiezen');
		await photo.setInputFiles(bitmapFile(card.photo));
		await expectAnswer(page, 'Actueel', pupil);
		await photo.setInputFiles(bitmapFile(new Uint8Array(640 * 480).fill(200)));
		await expect(page.getByText(/Op deze foto is geen QR-code te lezen/)).toBeVisible();
		await photo.setInputFiles(textFile('kaart.png', 'geen foto'));
		await expect(page.getByText(/geen foto die deze browser kan openen/)).toBeVisible();

		const userName = page.getByLabel('Gebruikersnaam op de kaart');
		await userName.fill('niemand');
		await page.getByRole('button', { name: 'Zoeken', exact: true }).click();
		await expect(page.getByText(/Deze gebruikersnaam is er niet/)).toBeVisible();
		await userName.fill(card.userName);
		await page.keyboard.press('Enter');
		await expectAnswer(page, 'Gevonden', pupil, 'ziet u alleen door te scannen');
		expect(page.url()).not.toContain(card.userName);
	});
});

/** A photo as a file that every browser opens (BMP, 8 bits a pixel). */
function bitmapFile(photo: Photo) {
	const header = Buffer.alloc(54 + 256 * 4);
	header.write('BM');
	header.writeUInt32LE(header.length + photo.length, 2);
	header.writeUInt32LE(header.length, 10);
	header.writeUInt32LE(40, 14);
	header.writeInt32LE(640, 18);
	// Negative: the first row is the top one.
	header.writeInt32LE(-480, 22);
	header.writeUInt16LE(1, 26);
	header.writeUInt16LE(8, 28);
	for (let shade = 0; shade < 256; shade++) {
		header.writeUInt32LE(shade * 0x010101, 54 + shade * 4);
	}
	const buffer = Buffer.concat([header, photo]);
	return { name: 'kaart.bmp', mimeType: 'image/bmp', buffer };
}
