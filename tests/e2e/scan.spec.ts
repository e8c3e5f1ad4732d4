import { expect, type Page } from '@playwright/test';
import { newId } from '#lib/crypto/random.ts';
import { encodeCardPayload, formatCardCode, parseCardCode } from '#lib/domain/cards/card-code.ts';
import { expectNoFaults } from './support/axe.ts';
import { drawCard, test, type Photo, type PrintedCard } from './support/camera.ts';
import { openPage, openPupil, saveAndPrint } from './support/desk.ts';
import { keepsApp, readyForOffline } from './support/offline.ts';
import { Prepared } from './support/prepared.ts';
import { textFile } from './support/rosters.ts';
import {
	expectAnswer,
	hold,
	onlyCard,
	openScan,
	printAnother,
	result
} from './support/scanning.ts';
import { demoDay, demoStaff, openDemo, openMade, signIn } from './support/school.ts';

test.setTimeout(120_000);

const pupil = 'Hatice Arslan';

const printed = new Prepared(async (page) => {
	await openDemo(page);
	await openPupil(page, pupil);
	return printAnother(page);
});

/** Opens the demo school a little after the pupil was given another card. Returns the card. */
async function openPrinted(page: Page): Promise<PrintedCard> {
	await page.context().clock.install({ time: demoDay.replace('09:30', '09:45') });
	const card = await printed.layDown(page);
	await openMade(page, demoStaff);
	return card;
}

test('a printed card is current, then replaced, revoked, and current again once it is made anew', async ({
	page,
	camera
}) => {
	const first = await openPrinted(page);
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
	const card = await openPrinted(page);
	await openPupil(page, pupil);
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

test('what is no card that holds is told as such, and why', async ({ page, camera }) => {
	const genuine = await openPrinted(page);
	const parsed = parseCardCode(genuine.text);
	if (!parsed.ok) throw new Error(parsed.refusal);
	const { schoolId, keyNumber, signature, ...code } = parsed.value;
	const signed = (payload: Parameters<typeof encodeCardPayload>[0]) =>
		drawCard(formatCardCode(encodeCardPayload(payload), signature));

	await openScan(page);
	await hold(page, camera, signed({ schoolId, keyNumber, cardId: newId() }));
	await expectAnswer(page, 'Niet echt', 'Deze kaart is niet door uw school gemaakt.');
	await hold(page, camera, signed({ ...code, keyNumber, schoolId: newId() }));
	await expectAnswer(page, 'Andere school', 'Deze kaart is van een andere school.');
	await hold(page, camera, drawCard('https://example.org/'));
	await expectAnswer(page, 'Geen kaart', 'Deze QR-code is geen kaart van Schoolsleutel.');

	await openPage(page, 'Instellingen');
	await page.getByRole('button', { name: 'Sleutel vervangen' }).click();
	await page.getByRole('alertdialog').getByRole('button', { name: 'Sleutel vervangen' }).click();
	await expect(page.getByText('De sleutel van kaarten is vervangen.')).toBeVisible();
	await openScan(page);
	await hold(page, camera, genuine.photo);
	await expectAnswer(page, 'Niet echt', 'een sleutel die uw school heeft vervangen');
});

test.describe('without a network', () => {
	test.use(keepsApp);

	test('the camera reads a card, which is inactive after the enrolment', async ({
		page,
		context,
		camera
	}) => {
		const card = await openPrinted(page);
		await readyForOffline(page);
		await context.setOffline(true);
		// After the summer, for a card that held before it.
		await page.clock.setSystemTime('2027-09-10T09:30:00');
		await page.reload();
		await signIn(page, demoStaff);
		await openScan(page);
		await hold(page, camera, card.photo);
		await expectAnswer(page, 'Inactief', pupil, /De inschrijving is geëindigd op 31 augustus 2027/);
	});
});

test('where WebAssembly cannot read, JavaScript does', async ({ page, camera, watched }) => {
	await page.route('**/zxing_reader*.wasm', (route) => route.abort());
	watched.expect(/ERR_FAILED.*zxing_reader/);
	await openDemo(page);
	await openScan(page);
	const refused = page.waitForEvent('requestfailed');
	await hold(page, camera, drawCard('https://example.org/x'));
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
		const card = await openPrinted(page);
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
