import { expect, type Locator, type Page } from '@playwright/test';
import { blank, test } from './support/camera.ts';
import { cardSchool, handers, type CardSchool } from './support/card-school.ts';
import { className, fullName } from './support/class.ts';
import { openPage, openPupil } from './support/desk.ts';
import { SchoolServer, stopAfter } from './support/endpoint.ts';
import { expectHandedOut, holdAll, openHandOut, told } from './support/handing-out.ts';
import { keepsApp, readyForOffline } from './support/offline.ts';
import { enter, expectSent } from './support/people.ts';

test.use(keepsApp);

test.setTimeout(180_000);

const pupils = 6;
let school: CardSchool;
let server: SchoolServer;
test.beforeEach(async () => {
	school = await cardSchool(pupils);
	server = await SchoolServer.start(school.school);
});
test.afterEach(({ browser }) => stopAfter(browser, server));

/** A connection that was cut is a line in the browser's console. */
const cut = /ERR_INTERNET_DISCONNECTED|ERR_FAILED/;

function photoOf(surname: string) {
	const userName = `noor.${surname.toLowerCase()}`;
	return school.cards.find((card) => card.userName === userName)?.photo ?? blank();
}

/** The list of who has the card, of whom and when. */
function received(page: Page): Locator {
	return page.getByRole('region', { name: /^Uitgereikt/ }).getByRole('listitem');
}

async function tick(page: Page, ...surnames: readonly string[]): Promise<void> {
	for (const surname of surnames) await page.getByLabel(fullName(surname)).click();
}

test('two devices hand out one class, partly without a network, and come to one list', async ({
	openDevice,
	camera
}) => {
	const [an, bea] = [await openDevice(server.origin), await openDevice(server.origin)];
	for (const { watched } of [an, bea]) watched.expect(cut);
	await enter(an.page, handers.an, 'Ingeschreven leerlingen');
	await enter(bea.page, handers.bea, 'Ingeschreven leerlingen');
	for (const { page } of [an, bea]) {
		await openHandOut(page);
		await expectHandedOut(page, 0, pupils);
	}
	await bea.page.getByRole('button', { name: 'Camera uitzetten' }).click();

	await test.step('each sees at once what the other ticks', async () => {
		await holdAll(an.page, camera, [photoOf('LeerlingA')]);
		for (const { page } of [an, bea]) {
			await expectHandedOut(page, 1, pupils);
			await expect(received(page)).toContainText('An Peeters');
		}
	});

	await test.step('apart they tick some of the same', async () => {
		for (const { page, context } of [an, bea]) {
			await readyForOffline(page);
			await context.setOffline(true);
		}
		await holdAll(an.page, camera, [photoOf('LeerlingB')]);
		await expectHandedOut(an.page, 2, pupils);
		await expect(told(an.page)).toContainText('Noor LeerlingB heeft de kaart');
		await tick(bea.page, 'LeerlingB', 'LeerlingC', 'LeerlingD', 'LeerlingE');
		await expectHandedOut(bea.page, 5, pupils);
		// A mistake, which takes back no more than itself.
		await tick(an.page, 'LeerlingC');
		await expectHandedOut(an.page, 3, pupils);
		await tick(an.page, 'LeerlingC');
		await expectHandedOut(an.page, 2, pupils);
	});

	await test.step('together again they hold the same list; who was first stands', async () => {
		for (const { page, context } of [bea, an]) {
			await context.setOffline(false);
			await expectSent(page);
		}
		for (const { page } of [an, bea]) {
			await expectHandedOut(page, 5, pupils);
			await expect(received(page).filter({ hasText: 'Bea Willems, met de hand' })).toHaveCount(4);
		}
		expect(await received(an.page).allTextContents()).toEqual(
			await received(bea.page).allTextContents()
		);
	});

	await test.step('undo takes back one’s own, on both', async () => {
		await bea.page.getByRole('button', { name: 'Laatste ongedaan maken' }).click();
		for (const { page } of [an, bea]) {
			await expectHandedOut(page, 4, pupils);
			await expect(page.getByRole('checkbox', { name: fullName('LeerlingE') })).not.toBeChecked();
		}
		// The ticks after An's last one were Bea's.
		await an.page.getByRole('button', { name: 'Laatste ongedaan maken' }).click();
		for (const { page } of [an, bea]) {
			await expectHandedOut(page, 3, pupils);
			await expect(page.getByRole('checkbox', { name: fullName('LeerlingA') })).not.toBeChecked();
		}
		await expect(an.page.getByRole('button', { name: 'Laatste ongedaan maken' })).toBeDisabled();
	});

	await test.step('closed on one, the other knows', async () => {
		await bea.page.getByRole('button', { name: 'Uitreiking afsluiten' }).click();
		await expect(bea.page.getByText(`3 van ${pupils} kaarten zijn uitgereikt.`)).toBeVisible();
		await openPage(an.page, 'Kaarten');
		await an.page.getByRole('link', { name: 'Uitreiken' }).click();
		const groups = an.page.getByRole('grid', { name: 'Per groep' });
		const row = groups.getByRole('row', { name: className });
		await expect(row).toContainText(`3 van ${pupils}`);
		await expect(row).toContainText(/\d{4} om \d\d:\d\d/);
		await openPage(an.page, 'Leerlingen');
		await openPupil(an.page, fullName('LeerlingB'));
		await an.page.getByRole('tab', { name: 'Detail account historiek' }).click();
		const history = an.page.getByRole('list', { name: 'Geschiedenis' });
		const handedOut = history.getByRole('listitem').filter({ hasText: 'Kaart uitgereikt' });
		await expect(handedOut).toHaveCount(1);
		await expect(handedOut).toContainText('Bea Willems');
		for (const { page } of [an, bea]) {
			await expectSent(page);
			await expect(page.getByRole('button', { name: /niet aangenomen/ })).toHaveCount(0);
		}
	});
});
