import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import { Desk } from '../support/desk.ts';
import { startApp, type App } from './support/app.ts';
import { Browser } from './support/browser.ts';
import { addSchool, people, schoolId } from './support/school.ts';
import { browserOf, credentials, signIn } from './support/sign-in.ts';

const { child, pupil, administrator } = people;

/** *Kaart intrekken*, made on a device of the administration and sent to the server. */
let app: App;
let desk: Desk;
beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
	desk = await Desk.open(app, { school: schoolId, ...administrator });
});
afterEach(() => app.stop());

/** A new card for a pupil, with this password on it. Returns its id. */
async function print(
	{ account: leerIdId }: { readonly account: string },
	password: string,
	fromSecretId: string | null = `secret-${leerIdId}`
): Promise<string> {
	const [printRunId, cardId, secretId] = [newId(), newId(), newId()];
	await desk.make('print.start@1', { printRunId, title: 'Test', cardCount: 1 });
	await desk.make(
		'leerId.renew@1',
		{ leerIdId, fromSecretId, secretId, cardId, printRunId },
		{ [secretId]: { kind: 'temporary', text: password } }
	);
	return cardId;
}

/** Returns what a browser hears when it asks who is signed in on it. */
async function stands(browser: Browser): Promise<number> {
	return (await browser.get('/api/session')).status;
}

test('ends the password on the card, and whoever it let in', async () => {
	const cardId = await print(child, 'zal660');
	const browser = new Browser(app);
	expect((await signIn(browser, 'child', { password: 'zal660' })).status).toBe(200);
	const bystander = await browserOf(app, 'pictures');
	await desk.make('card.revoke@1', { cardId });
	expect((await browser.get('/api/session')).body).toEqual({ code: 'signedOut' });
	for (const password of ['zal660', child.password]) {
		const { body } = await signIn(new Browser(app), 'child', { password });
		expect(body).toEqual({ code: 'wrongPassword' });
	}
	expect(await stands(bystander)).toBe(200);
});

test('leaves a password that the pupil chose since', async () => {
	const cardId = await print(pupil, 'Tem8orary');
	const browser = new Browser(app);
	await browser.post('/api/session', credentials('pupil', { password: 'Tem8orary' }));
	const chosen = { current: 'Tem8orary', password: 'Sneeuwpop4' };
	expect((await browser.post('/api/session/password', chosen)).status).toBe(200);
	await desk.make('card.revoke@1', { cardId });
	expect(await stands(browser)).toBe(200);
	const { status } = await signIn(new Browser(app), 'pupil', { password: 'Sneeuwpop4' });
	expect(status).toBe(200);
});

test('undone, gives the password back; done again, ends it again', async () => {
	const cardId = await print(child, 'zal660');
	const revoked = await desk.make('card.revoke@1', { cardId });
	const undone = await desk.make('change.undo@1', { uid: revoked, except: [] });
	const browser = new Browser(app);
	expect((await signIn(browser, 'child', { password: 'zal660' })).status).toBe(200);
	await desk.make('change.undo@1', { uid: undone, except: [] });
	expect(await stands(browser)).toBe(401);
	const { body } = await signIn(new Browser(app), 'child', { password: 'zal660' });
	expect(body).toEqual({ code: 'wrongPassword' });
});

test('is followed by a new card, whose password works', async () => {
	const cardId = await print(child, 'zal660');
	await desk.make('card.revoke@1', { cardId });
	await print(child, 'maan12', null);
	expect((await signIn(new Browser(app), 'child', { password: 'maan12' })).status).toBe(200);
	const { body } = await signIn(new Browser(app), 'child', { password: 'zal660' });
	expect(body).toEqual({ code: 'wrongPassword' });
});
