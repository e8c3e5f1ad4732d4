import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import { inviteSchool } from '#lib/server/accounts/invite.ts';
import { newToken } from '#lib/server/session/token.ts';
import { startApp, type App } from './support/app.ts';
import { Browser } from './support/browser.ts';
import { addSchool, schoolId } from './support/school.ts';
import { credentials } from './support/sign-in.ts';

let app: App;
/** Its first part has come, and no more. */
const filling = 'FFFFFFFFFFFFFFFFFFFFFF';
const madeUp = 'MMMMMMMMMMMMMMMMMMMMMM';

beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
	const invited = { number: '24681', name: 'Basisschool Onderweg' };
	const made = await inviteSchool(app.endpoint.store, invited, app.now);
	if (!('token' in made)) throw new Error(made.why);
	const part = { token: made.token, school: filling, part: 0, records: [], secrets: [] };
	expect((await new Browser(app).post('/api/join', part)).status).toBe(200);
});
afterEach(() => app.stop());

/** A token as nobody was given it. */
const token = (school: string) => newToken(school).text;
const whole = { records: 1, secrets: 1 };

/** Every address that is told which school it is about, with what it is told. */
const asked: readonly [name: string, (browser: Browser, school: string) => Promise<unknown>][] = [
	[
		'POST /api/session',
		(browser, school) => browser.post('/api/session', credentials('teacher', { school }))
	],
	[
		'POST /api/join',
		(browser, school) =>
			browser.post('/api/join', {
				token: 'x'.repeat(27),
				school,
				part: 0,
				records: [],
				secrets: []
			})
	],
	[
		'POST /api/join, a later part',
		(browser, school) =>
			browser.post('/api/join', {
				token: 'x'.repeat(27),
				school,
				part: 3,
				records: [],
				secrets: []
			})
	],
	[
		'POST /api/join/open',
		(browser, school) => browser.post('/api/join/open', { token: 'x'.repeat(27), school, whole })
	],
	[
		'POST /api/schools/pictures',
		(browser, school) => browser.post('/api/schools/pictures', { school })
	]
];

/** The same for what names a school in a token. */
const tokens: readonly [name: string, (browser: Browser, school: string) => Promise<unknown>][] = [
	[
		'POST /api/reset/look',
		(browser, school) => browser.post('/api/reset/look', { token: token(school) })
	],
	[
		'POST /api/reset/refuse',
		(browser, school) => browser.post('/api/reset/refuse', { token: token(school) })
	],
	[
		'POST /api/email/confirm',
		(browser, school) => browser.post('/api/email/confirm', { token: token(school) })
	]
];

const withCookie: readonly [method: 'get' | 'delete', path: string][] = [
	['get', '/api/session'],
	['get', '/api/session/devices'],
	['get', '/api/live'],
	['get', '/api/audit/verify'],
	['delete', '/api/session']
];

/** All that lies in the database. */
async function everything(): Promise<string> {
	const { store } = app.endpoint;
	const outside = await store.readOutside(async ({ db }) => [
		await db.selectFrom('schools').selectAll().execute(),
		await db.selectFrom('due').selectAll().execute()
	]);
	const inside = [];
	for (const school of [schoolId, filling]) {
		for (const table of [
			'record',
			'change',
			'client',
			'outcome',
			'secret',
			'session',
			'attempt',
			'reset',
			'audit',
			'quota',
			'refused'
		] as const) {
			inside.push(await store.read(school, ({ db }) => db.selectFrom(table).selectAll().execute()));
		}
	}
	return JSON.stringify([outside, inside]);
}

describe.each([
	['a made-up school', madeUp],
	['a school that is still moving in', filling]
])('%s', (_, school) => {
	test.each(asked)('is not found by %s, which writes nothing', async (_, ask) => {
		const before = await everything();
		expect(await ask(new Browser(app), school)).toMatchObject({
			status: 404,
			body: { code: 'notFound' }
		});
		expect(await everything()).toBe(before);
		expect(await app.endpoint.store.counter(madeUp)).toBeNull();
	});

	test.each(tokens)('is not told from an old link by %s, which writes nothing', async (_, ask) => {
		const before = await everything();
		expect(await ask(new Browser(app), school)).toMatchObject({ body: { code: 'linkExpired' } });
		expect(await everything()).toBe(before);
		expect(await app.endpoint.store.counter(madeUp)).toBeNull();
	});

	test.each(withCookie)('in a cookie lets nobody in by %s %s', async (method, path) => {
		const before = await everything();
		const browser = new Browser(app);
		browser.cookie = `session=${token(school)}`;
		const { status } = await browser[method](path);
		expect(status).toBe(method === 'delete' ? 200 : 401);
		expect(await everything()).toBe(before);
		expect(await app.endpoint.store.counter(madeUp)).toBeNull();
	});
});

test('asking for a new password at one says what it always says, and writes nothing', async () => {
	for (const school of [madeUp, filling]) {
		const before = await everything();
		const asked = { school, userName: 'an.peeters', language: 'nl' };
		expect((await new Browser(app).post('/api/reset', asked)).status).toBe(202);
		expect(await everything()).toBe(before);
	}
	expect(await app.endpoint.store.counter(madeUp)).toBeNull();
});

test('an invitation that is begun anew under another id leaves nothing of the first', async () => {
	const { store } = app.endpoint;
	const invited = { number: '13579', name: 'Basisschool Tweemaal' };
	const made = await inviteSchool(store, invited, app.now);
	if (!('token' in made)) throw new Error(made.why);
	const [first, second] = [newId(), newId()];
	for (const school of [first, second]) {
		const part = { token: made.token, school, part: 0, records: [], secrets: [] };
		expect((await new Browser(app).post('/api/join', part)).status).toBe(200);
	}
	expect(await store.counter(first)).toBeNull();
	expect(await store.counter(second)).not.toBeNull();
});
