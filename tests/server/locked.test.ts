import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId, newTimedId } from '#lib/crypto/random.ts';
import { schemaVersion } from '#lib/protocol/limits.ts';
import { sessionKeyHeader } from '#lib/protocol/session-key.ts';
import { routes, startApp, type App } from './support/app.ts';
import { Browser, type Reply } from './support/browser.ts';
import { addSchool, people, schoolId, type PersonName } from './support/school.ts';
import { browserOf, credentials, pass, signIn } from './support/sign-in.ts';

let app: App;
beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
});
afterEach(() => app.stop());

/** A browser whose app keeps the other half of its session. */
function keyedBrowserOf(name: PersonName): Promise<Browser> {
	return browserOf(app, name, { keyed: true });
}

/** The rest of a browser once its vault is locked: the cookie. */
function lockedOf(browser: Browser): Browser {
	const locked = new Browser(app);
	locked.cookie = browser.cookie;
	return locked;
}

function sync(browser: Browser, mutations: readonly object[] = []): Promise<Reply> {
	const { account } = people.administrator;
	const asked = { schema: schemaVersion, account, clientId: newId(), confirmed: 0, cookie: null };
	return browser.post('/api/sync', { ...asked, mutations, unsent: false });
}

const locked = { code: 'locked' };

describe('the cookie of a locked device', () => {
	test('reads nothing, changes nothing and hears nothing', async () => {
		const open = await keyedBrowserOf('administrator');
		const thief = lockedOf(open);
		expect(await thief.get('/api/session')).toMatchObject({ status: 401, body: locked });
		expect((await sync(thief)).body).toEqual(locked);
		const made = { uid: newTimedId(), batch: null, actorId: people.administrator.account };
		const madeAt = app.now.toISOString();
		const args = { edit: { lockAfterMinutes: [15, 30] } };
		const mutation = { name: 'school.changeSettings@1', args, ...made, madeAt };
		expect((await sync(thief, [{ number: 1, mutation }])).body).toEqual(locked);
		expect((await thief.get('/api/live')).body).toEqual(locked);
		expect(app.endpoint.streams.size).toBe(0);
		const lockAfter = await app.endpoint.schools.read(schoolId, ({ state }) =>
			Promise.resolve(state.get('school', schoolId)?.lockAfterMinutes)
		);
		expect(lockAfter).toBe(15);
		expect((await open.get('/api/session')).body).toMatchObject({ keyed: true });
		expect((await sync(open)).status).toBe(200);
	});

	test('does not keep the session alive', async () => {
		const thief = lockedOf(await keyedBrowserOf('administrator'));
		const seenAt = () =>
			app.endpoint.store.read(schoolId, ({ db }) =>
				db.selectFrom('session').select('seen_at').executeTakeFirst()
			);
		const before = await seenAt();
		pass(app, 60);
		await thief.get('/api/session');
		expect(await seenAt()).toEqual(before);
	});

	test.each([
		['another', randomBytes(32).toString('base64url')],
		['an empty', ''],
		['the hash of the', null]
	])('is worth nothing with %s key', async (_which, guess) => {
		const thief = lockedOf(await keyedBrowserOf('administrator'));
		const row = await app.endpoint.store.read(schoolId, ({ db }) =>
			db.selectFrom('session').select('key_hash').executeTakeFirst()
		);
		const headers = { [sessionKeyHeader]: guess ?? row?.key_hash ?? '' };
		expect((await thief.get('/api/session', { headers })).body).toEqual(locked);
	});

	test('is worth nothing with the key of another session', async () => {
		const [thief, other] = [await keyedBrowserOf('guardian'), await keyedBrowserOf('guardian')];
		thief.key = other.key;
		expect((await thief.get('/api/session')).body).toEqual(locked);
	});

	test('still tells a lost device to wipe itself, and signs it out', async () => {
		const lost = lockedOf(await keyedBrowserOf('teacher'));
		const other = await keyedBrowserOf('teacher');
		await other.delete('/api/session/devices', { device: null, wipe: true });
		expect((await lost.get('/api/session')).body).toEqual({ code: 'wiped' });
		const shared = await keyedBrowserOf('child');
		await lockedOf(shared).delete('/api/session');
		expect((await shared.get('/api/session')).body).toEqual({ code: 'signedOut' });
	});

	test('opens no route but those that are for anybody', async () => {
		const thief = lockedOf(await keyedBrowserOf('administrator'));
		const all = [...routes].flatMap(([path, route]) =>
			Object.keys(route)
				.filter((name) => path.startsWith('/api/') && /^[A-Z]+$/.test(name))
				.map((method) => [method, path] as const)
		);
		const isOpen = ([method, path]: readonly [string, string]) =>
			openToAnybody.has(`${method} ${path}`);
		expect(all.filter(isOpen)).toHaveLength(openToAnybody.size);
		const others = all.filter((route) => !isOpen(route));
		expect(others.length).toBeGreaterThan(8);
		for (const [method, path] of others) {
			expect((await thief.send(method, path)).body, `${method} ${path}`).toEqual(locked);
		}
	});
});

/** Every other route needs both halves of a session. */
const openToAnybody = new Set([
	'POST /api/session',
	'DELETE /api/session',
	'POST /api/schools',
	'POST /api/schools/pictures',
	'POST /api/reset',
	'POST /api/reset/look',
	'POST /api/reset/use',
	'POST /api/reset/refuse',
	'POST /api/email/confirm',
	'POST /api/join',
	'POST /api/join/invitation',
	'POST /api/join/open',
	'POST /api/join/found',
	'GET /api/mail'
]);

describe('the key of a session', () => {
	test('is random, is told once, and is kept as a hash', async () => {
		const browser = await keyedBrowserOf('guardian');
		expect(browser.key).toMatch(/^[\w-]{43}$/);
		expect((await keyedBrowserOf('guardian')).key).not.toBe(browser.key);
		const rows = await app.endpoint.store.read(schoolId, ({ db }) =>
			db.selectFrom('session').selectAll().execute()
		);
		expect(JSON.stringify(rows)).not.toContain(browser.key);
		expect(JSON.stringify((await browser.get('/api/session')).body)).not.toContain(browser.key);
	});

	test('is in no line of the log', async () => {
		const browser = await keyedBrowserOf('administrator');
		await browser.get('/api/session');
		await sync(browser);
		expect(JSON.stringify(app.log)).not.toContain(browser.key);
	});

	test('is another one after a new password, and the old one ends', async () => {
		const browser = await keyedBrowserOf('guardian');
		const before = browser.key;
		const asked = { current: people.guardian.password, password: 'Sneeuwpop4', keyed: true };
		expect((await browser.post('/api/session/password', asked)).status).toBe(200);
		expect(browser.key).toMatch(/^[\w-]{43}$/);
		expect(browser.key).not.toBe(before);
		expect((await browser.get('/api/session')).status).toBe(200);
		expect((await lockedOf(browser).get('/api/session')).body).toEqual(locked);
	});

	test('is not lost by a change of password that does not ask for one', async () => {
		const browser = await keyedBrowserOf('guardian');
		const asked = { current: people.guardian.password, password: 'Sneeuwpop4' };
		await browser.post('/api/session/password', asked);
		expect((await lockedOf(browser).get('/api/session')).body).toEqual(locked);
		expect((await browser.get('/api/session')).status).toBe(200);
	});
});

describe('an app of before there were keys', () => {
	test('signs in and goes on as it did', async () => {
		const browser = await browserOf(app, 'administrator');
		expect(browser.key).toBeNull();
		expect((await browser.get('/api/session')).body).toMatchObject({ keyed: false });
		expect((await sync(browser)).status).toBe(200);
	});

	test('has a session that gets a key with the next proof of the password', async () => {
		const browser = await browserOf(app, 'guardian');
		const old = lockedOf(browser);
		await signIn(browser, 'guardian', { keyed: true });
		expect((await lockedOf(browser).get('/api/session')).body).toEqual(locked);
		expect((await old.get('/api/session')).body).toEqual({ code: 'signedOut' });
		const { body } = await browser.get('/api/session/devices');
		expect((body as { devices: unknown[] }).devices).toHaveLength(1);
	});
});

describe('the cookie itself', () => {
	const setCookie = async (name: PersonName) =>
		(await new Browser(app).post('/api/session', credentials(name))).headers.get('set-cookie');

	test('of a pupil ends with the browser, that of staff and guardians does not', async () => {
		for (const name of ['child', 'pictures', 'pupil'] as const) {
			expect(await setCookie(name), name).not.toMatch(/max-age|expires/i);
		}
		for (const name of ['administrator', 'teacher', 'guardian'] as const) {
			expect(await setCookie(name), name).toMatch(/Max-Age=\d{7}/);
		}
	});

	test('of a pupil who chooses a password ends with the browser too', async () => {
		const browser = await browserOf(app, 'pupil');
		const asked = { current: people.pupil.password, password: 'Sneeuwpop4' };
		const { headers } = await browser.post('/api/session/password', asked);
		expect(headers.get('set-cookie')).not.toMatch(/max-age|expires/i);
	});
});
