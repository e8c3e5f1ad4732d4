import { expect } from '@playwright/test';
import { expectNoFaults } from './support/axe.ts';
import { blank, test } from './support/camera.ts';
import { className, fullName, makeClass, surnames } from './support/class.ts';
import { codesOf } from './support/codes.ts';
import { openPage, openPupil } from './support/desk.ts';
import { expectHandedOut, holdAll, openHandOut, told } from './support/handing-out.ts';
import { openPdf, textsOf } from './support/papers.ts';

test.setTimeout(180_000);

test('a class of 12 receives its cards in two tabs at once, scanned and ticked by hand', async ({
	page,
	context,
	camera
}) => {
	const cards = await makeClass(page);
	const photos = cards
		.filter(({ userName }) => userName.startsWith('noor.'))
		.map(({ photo }) => photo);
	expect(photos).toHaveLength(12);
	camera.show([blank()]);
	await openHandOut(page);
	await expectHandedOut(page, 0);

	const other = await context.newPage();
	await other.goto(page.url());
	await expectHandedOut(other, 0);
	const byHand = surnames.slice(-3);
	for (const surname of byHand) await other.getByLabel(fullName(surname)).click();
	await expectHandedOut(page, 3);
	await expect(page.getByText(/met de hand afgevinkt$/)).toHaveCount(3);

	// Both tabs see every card; each is handed out once.
	await other.getByRole('button', { name: 'Camera uitzetten' }).click();
	await holdAll(page, camera, photos);
	// A tab behind another may see so little of the camera that it ticks nothing that it could undo.
	await expect(page.getByRole('button', { name: 'Laatste ongedaan maken' })).toBeEnabled();
	await other.getByRole('button', { name: 'Camera aanzetten' }).click();
	await expectHandedOut(page, 12);
	await expectHandedOut(other, 12);
	await expect(page.getByText('Iedereen op deze lijst heeft de kaart.')).toBeVisible();

	camera.show([blank()]);
	await other.close();
	await holdAll(page, camera, [blank()]);
	await page.getByRole('button', { name: 'Laatste ongedaan maken' }).click();
	await expectHandedOut(page, 11);
	await page.getByRole('button', { name: 'Uitreiking afsluiten' }).click();
	await expect(page.getByText('11 van 12 kaarten zijn uitgereikt.')).toBeVisible();
	await expect(page.getByRole('heading', { name: 'Uitreiking afgesloten' })).toBeInViewport();
	await expect(page.getByRole('listitem').filter({ hasText: /^Noor Leerling/ })).toHaveCount(1);
	await page.getByRole('link', { name: 'Naar Uitreiken' }).click();
	const row = page.getByRole('grid', { name: 'Per groep' }).getByRole('row', { name: className });
	await expect(row).toContainText('11 van 12');
	await expect(row).toContainText(/\d{4} om \d\d:\d\d/);

	await openPage(page, 'Leerlingen');
	await openPupil(page, fullName(byHand[0] ?? ''));
	await page.getByRole('tab', { name: 'Detail account historiek' }).click();
	const history = page.getByRole('list', { name: 'Geschiedenis' });
	await expect(history).toContainText('Kaart uitgereikt');
	await expect(history).toContainText('met de hand');
});

test('a card that is not on the list is told and not ticked, unless asked for', async ({
	page,
	camera
}) => {
	const cards = await makeClass(page);
	await openHandOut(page);
	await holdAll(page, camera, [
		cards.find(({ userName }) => userName === 'sam.anders')?.photo ?? blank()
	]);
	await expect(told(page)).toContainText('Sam Anders staat niet op deze lijst');
	await expectNoFaults(page);
	await told(page).getByRole('button', { name: 'Toch uitreiken' }).click();
	await expect(told(page)).toContainText('Sam Anders heeft de kaart');
	await expectHandedOut(page, 0);
	// By hand, one after the other: the keyboard stays in its place.
	await page.getByRole('checkbox', { name: fullName('LeerlingB') }).focus();
	await page.keyboard.press('Space');
	await expectHandedOut(page, 1);
	await expect(page.getByRole('checkbox', { name: fullName('LeerlingC') })).toBeFocused();
});

test('a good card sounds and gets a green frame', async ({ page, camera }) => {
	await page.addInitScript(() => {
		const tones: { pitch: number; context: BaseAudioContext }[] = [];
		Object.assign(window, { tones });
		const { start } = Object.getOwnPropertyDescriptors(AudioScheduledSourceNode.prototype);
		OscillatorNode.prototype.start = function (at) {
			tones.push({ pitch: this.frequency.value, context: this.context });
			(start.value as OscillatorNode['start']).call(this, at);
		};
	});
	const cards = await makeClass(page);
	await openHandOut(page);
	await holdAll(page, camera, [
		cards.find(({ userName }) => userName === 'noor.leerlingc')?.photo ?? blank()
	]);
	await expect(page.locator('[data-frame=success]')).toBeVisible();
	const heard = () =>
		page.evaluate(() => {
			type Tones = { pitch: number; context: BaseAudioContext }[];
			const { tones } = window as unknown as { tones: Tones };
			return tones.map(({ pitch, context }) => `${pitch} ${context.state}`);
		});
	await expect.poll(heard).toEqual(['880 running', '1320 running']);
	await expect(page.locator('[data-frame]')).toHaveCount(0);
});

test('the class overview has each pupil’s name, user name and card, and no password', async ({
	page
}) => {
	const cards = await makeClass(page);
	await openPage(page, 'Kaarten');
	await page.getByRole('link', { name: 'Klasoverzicht' }).click();
	await page.getByLabel('Administratieve groep').selectOption(className);
	await expect(page.getByRole('img', { name: 'Voorbeeld van het klasoverzicht' })).toBeVisible();
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Klasoverzicht opslaan (PDF)' }).click();
	const file = await download;
	expect(file.suggestedFilename()).toMatch(/^klasoverzicht 5de leerjaar \d{4}-\d\d-\d\d\.pdf$/);
	const stream = await file.createReadStream();
	const pdf = await openPdf(new Uint8Array(Buffer.concat(await stream.toArray())));
	expect(pdf.numPages).toBe(1);
	const texts = (await textsOf(pdf, 1)).map(({ text }) => text).join('\n');
	const codes = (await codesOf(pdf)).map(({ text }) => text);
	const ofClass = cards.filter(({ userName }) => userName.startsWith('noor.'));
	expect(codes.toSorted()).toEqual(ofClass.map(({ text }) => text).toSorted());
	for (const { userName, password } of ofClass) {
		expect(texts).toContain(userName);
		expect(password).not.toBe('');
		expect(texts).not.toContain(password);
	}
	for (const surname of surnames) expect(texts).toContain(fullName(surname));
	await pdf.loadingTask.destroy();
});
