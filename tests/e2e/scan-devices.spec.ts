import { expect, type Page } from '@playwright/test';
import { test, type FakeCamera, type Photo } from './support/camera.ts';
import { cardSchool, handers } from './support/card-school.ts';
import { fullName, printEverybody } from './support/class.ts';
import { openPage, openPupil } from './support/desk.ts';
import { SchoolServer, stopAfter } from './support/endpoint.ts';
import { keepsApp, readyForOffline } from './support/offline.ts';
import { chooseSchool, enter, expectSent, title, type } from './support/people.ts';
import { expectAnswer, hold, openScan, printAnother, result } from './support/scanning.ts';

test.setTimeout(180_000);

const pupil = fullName('LeerlingA');
let server: SchoolServer;
test.beforeEach(async () => {
	server = await SchoolServer.start(await cardSchool(2));
});
test.afterEach(({ browser }) => stopAfter(browser, server));

/** Refusals that a test provokes, and a connection that it cuts, are lines in the console. */
const provoked = /status of 401|ERR_INTERNET_DISCONNECTED|ERR_FAILED/;

/** Scans on one of several devices, which share the camera: it is off again after. */
async function expectScanned(
	page: Page,
	{ camera, photo }: { readonly camera: FakeCamera; readonly photo: Photo },
	word: string
): Promise<void> {
	await hold(page, camera, photo);
	await expectAnswer(page, word, pupil);
	await page.getByRole('button', { name: 'Camera uitzetten' }).click();
}

async function openPupilPage(page: Page): Promise<void> {
	await openPage(page, 'Leerlingen');
	await openPupil(page, pupil);
}

async function revoke(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Kaart intrekken' }).click();
	await page.getByRole('alertdialog').getByRole('button', { name: 'Kaart intrekken' }).click();
}

async function openScanWithoutCamera(page: Page): Promise<void> {
	await openScan(page);
	await page.getByRole('button', { name: 'Camera uitzetten' }).click();
}

test('a card revoked on one device is current on another only until it hears of it', async ({
	openDevice,
	camera
}) => {
	const [an, bea] = [await openDevice(server.origin), await openDevice(server.origin, keepsApp)];
	for (const { watched } of [an, bea]) watched.expect(provoked);
	await enter(an.page, handers.an, 'Ingeschreven leerlingen');
	const cards = await printEverybody(an.page);
	const first = cards.find(({ userName }) => userName === 'noor.leerlinga');
	if (!first) throw new Error('No card');
	await expectSent(an.page);
	await bea.context.clock.install();
	await enter(bea.page, handers.bea, 'Ingeschreven leerlingen');
	await openScanWithoutCamera(bea.page);
	await expectScanned(bea.page, { camera, photo: first.photo }, 'Actueel');
	await readyForOffline(bea.page);

	await test.step('without a network it tells how far behind it is', async () => {
		await bea.context.setOffline(true);
		await bea.page.getByRole('button', { name: /geen verbinding$|^Alles verzonden/ }).click();
		const contact = bea.page.getByText(/Laatste contact met uw school: /);
		const [, moment = ''] = (await contact.textContent())?.split(': ') ?? [];
		await bea.page.getByRole('button', { name: 'Sluiten' }).last().click();
		await openPupilPage(an.page);
		await revoke(an.page);
		await expectSent(an.page);
		await bea.context.clock.setSystemTime(Date.now() + 10 * 60_000);
		await expectScanned(bea.page, { camera, photo: first.photo }, 'Actueel');
		await expect(result(bea.page)).toContainText(`Bijgewerkt tot ${moment.trim()}`);
	});

	await test.step('what is on its screen follows once it hears of it', async () => {
		await bea.context.setOffline(false);
		await expectAnswer(bea.page, 'Ingetrokken', pupil);
		await expectScanned(bea.page, { camera, photo: first.photo }, 'Ingetrokken');
	});

	const second = await test.step('a new card is current on both', async () => {
		const card = await printAnother(an.page);
		await expectSent(an.page);
		await openScanWithoutCamera(an.page);
		for (const { page } of [an, bea]) {
			await expectScanned(page, { camera, photo: card.photo }, 'Actueel');
			await expectScanned(page, { camera, photo: first.photo }, 'Ingetrokken');
		}
		return card;
	});

	await test.step('and replaced on both by the next', async () => {
		await openPupilPage(an.page);
		const third = await printAnother(an.page);
		await expectSent(an.page);
		await openScanWithoutCamera(an.page);
		for (const { page } of [an, bea]) {
			await expectScanned(page, { camera, photo: second.photo }, 'Vervangen');
			await expectScanned(page, { camera, photo: third.photo }, 'Actueel');
		}
	});
});

test('a revoked card lets nobody in, and whoever it let in is out', async ({ openDevice }) => {
	const an = await openDevice(server.origin);
	await enter(an.page, handers.an, 'Ingeschreven leerlingen');
	const [card] = (await printEverybody(an.page)).filter(
		({ userName }) => userName === 'noor.leerlinga'
	);
	if (!card) throw new Error('No card');
	await expectSent(an.page);
	const child = await openDevice(server.origin);
	child.watched.expect(provoked);
	await enter(child.page, card, pupil);

	await openPupilPage(an.page);
	await revoke(an.page);
	await expectSent(an.page);
	await expect(child.page.getByText('Je bent uitgelogd. Log opnieuw in.')).toBeVisible();
	await expect(child.page.getByText(pupil)).toHaveCount(0);
	const other = await openDevice(server.origin);
	other.watched.expect(provoked);
	await chooseSchool(other.page);
	await type(other.page, card);
	await expect(other.page.getByRole('alert')).toBeVisible();

	const next = await printAnother(an.page);
	await expectSent(an.page);
	await type(other.page, next);
	await expect(title(other.page)).toHaveText(pupil);
});
