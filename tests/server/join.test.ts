import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import {
	administrator,
	firstAccount,
	school,
	TestSchool
} from '#lib/domain/testing/test-school.ts';
import { everyRecord } from '#lib/domain/testing/every-kind.ts';
import { inviteSchool } from '#lib/server/accounts/invite.ts';
import { startApp, type App } from './support/app.ts';
import { Browser, type Reply } from './support/browser.ts';

const password = 'paard batterij nietje';

let app: App;
let browser: Browser;
let token: string;
beforeEach(async () => {
	app = await startApp();
	browser = new Browser(app);
	token = await invite(school.number);
});
afterEach(() => app.stop());

async function invite(number: string): Promise<string> {
	const made = await inviteSchool(app.endpoint.store, { number, name: 'De Sleutel' }, app.now);
	if (!('token' in made)) throw new Error(made.why);
	return made.token;
}

/** A school from one device, whose administrator has given the device their password. */
function localSchool(): { records: readonly AnyRecord[]; secrets: readonly object[] } {
	const local = new TestSchool('a', 'b');
	local.withLeerId('a');
	const args = { accountId: administrator.id, fromSecretId: null, secretId: 'secret-own' };
	expect(local.make('account.choosePassword@1', args)).toBeNull();
	return {
		records: everyRecord(local.state),
		secrets: [
			{ id: 'secret-a-1', account: 'leerId-a', secret: { kind: 'word', text: 'zal659' } },
			{ id: 'secret-own', account: administrator.id, secret: { kind: 'temporary', text: password } }
		]
	};
}

function part(
	number: number,
	records: readonly AnyRecord[],
	secrets: readonly object[] = []
): Promise<Reply> {
	return browser.post('/api/join', { token, school: school.id, part: number, records, secrets });
}

function openWith(records: number, secrets: number): Promise<Reply> {
	return browser.post('/api/join/open', { token, school: school.id, whole: { records, secrets } });
}

function signIn(userName: string, typed: string, id: string = school.id): Promise<Reply> {
	const device = { vault: null, deviceName: 'Chrome' };
	return browser.post('/api/session', { school: id, userName, password: typed, ...device });
}

test('a school moves in, and its people sign in with the passwords that they have', async () => {
	const { records, secrets } = localSchool();
	expect((await browser.post('/api/join/invitation', { token })).body).toEqual({
		number: school.number,
		name: 'De Sleutel'
	});
	expect((await part(0, records.slice(0, 6))).status).toBe(200);
	expect((await openWith(records.length, 2)).body).toEqual({ code: 'conflict' });
	expect((await signIn(firstAccount.userName, password)).body).toEqual({ code: 'notFound' });
	expect((await browser.post('/api/schools', { name: 'sleutel' })).body).toEqual({ schools: [] });
	expect((await part(1, records.slice(6), secrets)).status).toBe(200);
	expect((await openWith(records.length, 2)).status).toBe(200);
	expect((await signIn(firstAccount.userName, password)).status).toBe(200);
	expect((await signIn('user.a', 'zal659')).status).toBe(200);
	expect((await browser.post('/api/schools', { name: 'sleutel' })).body).toEqual({
		schools: [{ id: school.id, name: school.name, number: school.number }]
	});
	expect((await part(0, records)).body).toEqual({ code: 'notFound' });
});

test('a school in which nobody could sign in does not open', async () => {
	const { records, secrets } = localSchool();
	await part(0, records, secrets.slice(0, 1));
	expect((await openWith(records.length, 1)).body).toEqual({ code: 'conflict' });
});

test('an invitation is of one school, and of nobody who has no token', async () => {
	const { records } = localSchool();
	token = await invite('54321');
	expect((await part(0, records)).body).toEqual({ code: 'conflict' });
	token = 'made-up-AAAAAAAAAAAAAAAAAAA';
	expect((await part(0, records)).body).toEqual({ code: 'notFound' });
	expect((await browser.post('/api/join/invitation', { token })).body).toEqual({
		code: 'notFound'
	});
});

test('a school is made on the server, with the password of its first account', async () => {
	const id = newId();
	const key = { id: newId(), number: 1 };
	const args = {
		school: { ...school, id },
		account: firstAccount,
		cardKey: { kind: 'cardKey', ...key, publicKey: 'p', retiredAt: null },
		cardKeyPrivate: { kind: 'cardKeyPrivate', id: key.id, privateKey: 'q' }
	};
	const made = {
		uid: newId(),
		batch: null,
		actorId: firstAccount.id,
		madeAt: app.now.toISOString()
	};
	const found = (typed: string): Promise<Reply> => {
		const mutation = { name: 'school.create@1', args, ...made };
		return browser.post('/api/join/found', { token, mutation, password: typed });
	};
	expect((await found('Welkom2026!!')).body).toEqual({ code: 'weakPassword' });
	expect((await found(password)).status).toBe(200);
	expect((await signIn(firstAccount.userName, password, id)).body).toMatchObject({
		mustChange: false
	});
	expect((await found(password)).body).toEqual({ code: 'notFound' });
});

test('a number is invited again while its school is not in use, and never after', async () => {
	const { records, secrets } = localSchool();
	const old = token;
	token = await invite(school.number);
	expect((await browser.post('/api/join/invitation', { token: old })).status).toBe(404);
	await part(0, records, secrets);
	await openWith(records.length, 2);
	const { store } = app.endpoint;
	const again = await inviteSchool(store, { number: school.number, name: 'x' }, app.now);
	expect(again).toEqual({ why: 'open' });
	expect(await inviteSchool(store, { number: 'x', name: 'x' }, app.now)).toEqual({ why: 'number' });
});
