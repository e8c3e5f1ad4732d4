import { expect, type Page } from '@playwright/test';
import { newId } from '#lib/crypto/random.ts';
import type { Desk } from '../support/desk.ts';
import { test, type FakeCamera, type Photo } from './support/camera.ts';
import { cardSchool, handers, type CardSchool, type IssuedCard } from './support/card-school.ts';
import { fullName } from './support/class.ts';
import { SchoolServer, stopAfter } from './support/endpoint.ts';
import { keepsApp, readyForOffline } from './support/offline.ts';
import { enter } from './support/people.ts';
import { expectAnswer, hold, openScan, result } from './support/scanning.ts';

test.setTimeout(180_000);

const pupil = fullName('LeerlingA');
let school: CardSchool;
let server: SchoolServer;
/** Where cards are revoked and made, elsewhere in the school. */
let desk: Desk;
test.beforeEach(async () => {
	school = await cardSchool(2);
	server = await SchoolServer.start(school.school);
	desk = await server.desk(handers.an);
});
test.afterEach(({ browser }) => stopAfter(browser, server));

/** A connection that a test cuts is a line in the console, and so is that a sign-in has ended. */
const provoked = /status of 401|ERR_INTERNET_DISCONNECTED|ERR_FAILED/;

function firstCard(): IssuedCard {
	const [card] = school.cards;
	if (!card) throw new Error('No card');
	return card;
}

async function expectScanned(
	page: Page,
	{ camera, photo }: { readonly camera: FakeCamera; readonly photo: Photo },
	word: string
): Promise<void> {
	await hold(page, camera, photo);
	await expectAnswer(page, word, pupil);
}

/** A new card for the pupil, in the place of one that was revoked. */
async function makeAnother({ leerIdId }: IssuedCard): Promise<Photo> {
	const [printRunId, cardId, secretId] = [newId(), newId(), newId()];
	const renewal = { leerIdId, fromSecretId: null, secretId, cardId, printRunId };
	await desk.make('print.start@1', { printRunId, title: pupil, cardCount: 1 });
	await desk.make('leerId.renew@1', renewal, { [secretId]: { kind: 'word', text: 'maan12' } });
	return school.draw(cardId);
}

test('a card revoked on one device is current on another only until it hears of it', async ({
	openDevice,
	camera
}) => {
	const { page, context, watched } = await openDevice(server.origin, keepsApp);
	watched.expect(provoked);
	const first = firstCard();
	await context.clock.install();
	await enter(page, handers.bea, 'Ingeschreven leerlingen');
	await openScan(page);
	await expectScanned(page, { camera, photo: first.photo }, 'Actueel');
	await readyForOffline(page);

	await test.step('without a network it tells how far behind it is', async () => {
		await context.setOffline(true);
		await page.getByRole('button', { name: /geen verbinding$|^Alles verzonden/ }).click();
		const contact = page.getByText(/Laatste contact met uw school: /);
		const [, moment = ''] = (await contact.textContent())?.split(': ') ?? [];
		await page.getByRole('button', { name: 'Sluiten' }).last().click();
		await desk.make('card.revoke@1', { cardId: first.cardId });
		await context.clock.setSystemTime(Date.now() + 10 * 60_000);
		await expectScanned(page, { camera, photo: first.photo }, 'Actueel');
		await expect(result(page)).toContainText(`Bijgewerkt tot ${moment.trim()}`);
	});

	await test.step('what is on its screen follows once it hears of it', async () => {
		await context.setOffline(false);
		await expectAnswer(page, 'Ingetrokken', pupil);
	});

	await test.step('and so it does of a new card', async () => {
		const second = await makeAnother(first);
		await expectScanned(page, { camera, photo: second }, 'Actueel');
		await expectScanned(page, { camera, photo: first.photo }, 'Ingetrokken');
	});
});

test('a person who came in by a card is out once that is revoked', async ({ openDevice }) => {
	const { page, watched } = await openDevice(server.origin);
	watched.expect(provoked);
	const card = firstCard();
	await enter(page, card, pupil);
	await desk.make('card.revoke@1', { cardId: card.cardId });
	await expect(page.getByText('Je bent uitgelogd. Log opnieuw in.')).toBeVisible();
	await expect(page.getByText(pupil)).toHaveCount(0);
});
