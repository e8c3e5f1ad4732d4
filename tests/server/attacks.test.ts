import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApp, type App } from './support/app.ts';
import { Browser, type Reply } from './support/browser.ts';
import { addSchool, otherSchoolId, people, schoolId } from './support/school.ts';
import { browserOf, credentials, pass, signIn } from './support/sign-in.ts';

let app: App;
beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
});
afterEach(() => app.stop());

const session = (browser: Browser): Promise<Reply> => browser.get('/api/session');

/** Another browser with the same cookie: it was stolen. */
function thiefOf(browser: Browser): Browser {
	const thief = new Browser(app);
	thief.cookie = browser.cookie;
	return thief;
}

describe('a cookie', () => {
	test('that was replayed after signing out lets nobody in', async () => {
		const browser = await browserOf(app, 'teacher');
		const thief = thiefOf(browser);
		expect((await session(thief)).status).toBe(200);
		await browser.delete('/api/session');
		expect((await session(thief)).body).toEqual({ code: 'signedOut' });
		expect((await session(browser)).status).toBe(401);
	});

	test('that was altered anywhere lets nobody in', async () => {
		const { cookie } = await browserOf(app, 'teacher');
		const token = cookie ?? '';
		for (let at = 'session='.length; at < token.length; at += 7) {
			const letter = token[at] === 'A' ? 'B' : 'A';
			const thief = new Browser(app);
			thief.cookie = token.slice(0, at) + letter + token.slice(at + 1);
			expect((await session(thief)).body).toEqual({ code: 'signedOut' });
		}
	});

	test('of one school opens no other', async () => {
		await addSchool(app, otherSchoolId);
		const browser = await browserOf(app, 'teacher');
		browser.cookie = browser.cookie?.replace(schoolId, otherSchoolId) ?? null;
		expect((await session(browser)).body).toEqual({ code: 'signedOut' });
	});

	test('with one smuggled in beside it counts for nothing', async () => {
		const thief = await browserOf(app, 'child');
		const browser = await browserOf(app, 'teacher');
		browser.cookie = `${thief.cookie ?? ''}; ${browser.cookie ?? ''}`;
		expect((await session(browser)).body).toEqual({ code: 'signedOut' });
	});

	test('that was stolen is worth nothing once the password was changed', async () => {
		const browser = await browserOf(app, 'guardian');
		const [thief, elsewhere] = [thiefOf(browser), await browserOf(app, 'guardian')];
		const asked = { current: people.guardian.password, password: 'Sneeuwpop4' };
		expect((await browser.post('/api/session/password', asked)).status).toBe(200);
		expect((await session(thief)).body).toEqual({ code: 'signedOut' });
		expect((await session(elsewhere)).body).toEqual({ code: 'signedOut' });
		expect((await session(browser)).status).toBe(200);
	});

	test('changes no password without the one before it, however often one tries', async () => {
		const thief = thiefOf(await browserOf(app, 'guardian'));
		const codes: unknown[] = [];
		for (let at = 0; at < 6; at++) {
			const asked = { current: `guess ${at}`, password: 'Sneeuwpop4' };
			codes.push((await thief.post('/api/session/password', asked)).body);
		}
		expect(codes.at(0)).toEqual({ code: 'wrongPassword' });
		expect(codes.at(-1)).toEqual({ code: 'wait', retryAfter: 60 });
	});

	test('of an account that was archived ends at once', async () => {
		const browser = await browserOf(app, 'teacher');
		await app.endpoint.schools.write(schoolId, async (writing) => {
			const { account: actorId } = people.administrator;
			const madeAt = app.now.toISOString();
			const args = { accountId: people.teacher.account };
			const mutation = { name: 'account.archive@1', args, uid: 'a', batch: null, actorId, madeAt };
			expect(await writing.make({ mutation, madeAt, actor: writing.actor(actorId) })).toBeNull();
		});
		expect((await session(browser)).body).toEqual({ code: 'accountInactive' });
	});
});

describe('whether an account exists', () => {
	const unknown = { userName: 'nobody.here' };

	test('shows in no answer to a sign-in, up to delay and block', async () => {
		const [real, made] = [new Browser(app), new Browser(app)];
		for (let at = 0; at < 14; at++) {
			const known = await signIn(real, 'teacher', { password: 'wrong' });
			const invented = await signIn(made, 'teacher', { ...unknown, password: 'wrong' });
			expect(invented.body).toEqual(known.body);
			expect(invented.status).toBe(known.status);
			expect(namesIn(invented)).toEqual(namesIn(known));
			if (at % 2 === 1) pass(app, 60);
		}
	});

	test('shows in no time: each try costs one run of Argon2id, known or not, sealed or hashed', async () => {
		const { passwords } = app.endpoint;
		const runsOf = async (more: object): Promise<number> => {
			const before = passwords.runs;
			await signIn(new Browser(app), 'guardian', { password: 'wrong', ...more });
			return passwords.runs - before;
		};
		expect(await runsOf({})).toBe(1);
		expect(await runsOf(unknown)).toBe(1);
		expect(await runsOf({ userName: 'nobody@example.org' })).toBe(1);
		expect(await runsOf({ password: people.guardian.password })).toBe(1);
	});

	test('shows in no time: a try reads and writes as much for a name that nobody has', async () => {
		const counted = async (more: object): Promise<number> => {
			const before = await rowsOfAttempts();
			await signIn(new Browser(app), 'guardian', { password: 'wrong', ...more });
			return (await rowsOfAttempts()) - before;
		};
		await counted({ userName: 'first' });
		expect(await counted({})).toBe(await counted(unknown));
	});

	test('shows in no answer to a request for a new password, and nobody is looked up for it', async () => {
		const browser = new Browser(app);
		const replies: Reply[] = [];
		for (const userName of ['jvanderberg', 'ouder@example.org', 'nobody.here', 'noor.maes', '💥']) {
			replies.push(
				await browser.post('/api/reset', { school: schoolId, userName, language: 'nl' })
			);
		}
		for (const reply of replies) {
			expect([reply.status, reply.body]).toEqual([202, replies[0]?.body]);
			expect(namesIn(reply)).toEqual(namesIn(replies[0] as Reply));
		}
	});

	async function rowsOfAttempts(): Promise<number> {
		const rows = await app.endpoint.store.read(schoolId, ({ db }) =>
			db.selectFrom('attempt').select('subject').execute()
		);
		return rows.length;
	}
});

function namesIn({ headers }: Reply): string[] {
	return [...headers.keys()].filter((name) => name !== 'date').sort();
}

describe('a request', () => {
	test('from a page of another site does nothing, whatever it carries', async () => {
		const browser = await browserOf(app, 'teacher');
		const from = (headers: Record<string, string>): Promise<Reply> =>
			browser.post('/api/session/devices', { device: null, wipe: true }, { headers });
		const foreign: Record<string, string>[] = [
			{ origin: 'https://evil.example' },
			{ origin: 'null' },
			{ origin: `${app.url}.evil.example` },
			{ 'sec-fetch-site': 'cross-site' },
			{ 'sec-fetch-site': 'same-site' }
		];
		for (const headers of foreign) {
			expect((await from(headers)).body).toEqual({ code: 'otherOrigin' });
		}
		const response = await fetch(`${app.url}/api/session`, {
			method: 'DELETE',
			headers: { cookie: browser.cookie ?? '' }
		});
		expect(await response.json()).toEqual({ code: 'otherOrigin' });
		expect((await session(browser)).status).toBe(200);
	});

	test('as a form of another site can send it is not taken for JSON', async () => {
		for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
			const { status, body } = await new Browser(app).post('/api/session', credentials('teacher'), {
				headers: { 'content-type': type }
			});
			expect([status, body]).toEqual([415, { code: 'notJson' }]);
		}
	});

	test('with a body that is too long is refused, said so or not', async () => {
		const long = JSON.stringify({ ...credentials('teacher'), deviceName: 'x'.repeat(20_000) });
		const browser = new Browser(app);
		expect((await browser.post('/api/session', null, { raw: long })).body).toEqual({
			code: 'tooLarge'
		});
		const chunked = new Blob([long]).stream();
		expect((await browser.post('/api/session', null, { raw: chunked })).body).toEqual({
			code: 'tooLarge'
		});
		const huge = await browser.post('/api/sync', null, { raw: 'x'.repeat(3_000_000) });
		expect(huge.status).toBe(413);
	});

	test('to sync with a long body is not even read from who is not signed in', async () => {
		const { body } = await new Browser(app).post('/api/sync', null, { raw: 'x'.repeat(1_500_000) });
		expect(body).toEqual({ code: 'signedOut' });
	});

	test.each([
		['no JSON', '{'],
		['no object', '[]'],
		['bytes that are no text', new Uint8Array([0x22, 0xff, 0x22])],
		['a prototype', `{"__proto__":{"school":"${schoolId}"}}`],
		[
			'a prototype inside',
			JSON.stringify(credentials('teacher')).replace('}', ',"x":{"__proto__":{}}}')
		],
		['a list for a name', JSON.stringify({ ...credentials('teacher'), userName: ['an.peeters'] })],
		[
			'a password of a megabyte',
			JSON.stringify({ ...credentials('teacher'), password: 'x'.repeat(300) })
		],
		['a deep nest', `{"a":${'['.repeat(4000)}${']'.repeat(4000)}}`]
	])('that holds %s is refused and no more', async (_what, raw) => {
		expect((await new Browser(app).post('/api/session', null, { raw })).body).toEqual({
			code: 'badRequest'
		});
		expect(({} as { school?: unknown }).school).toBeUndefined();
	});

	test.each([
		'/api/../../etc/passwd',
		'/api/%2e%2e/%2e%2e/etc/passwd',
		'/api/..%2f..%2fetc%2fpasswd',
		'/api/mail/../../endpoint.key',
		'/api/mail?file=../endpoint.key',
		'//etc/passwd',
		'/api/session%00',
		'/%',
		'/api/session;/../..'
	])('for %s reaches no file', async (path) => {
		const answer = await raw(
			`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`
		);
		expect(answer).toMatch(/^HTTP\/1\.1 (?:200|400|401|404|500)/);
		expect(answer).not.toContain('root:');
		const key = app.endpoint.keys.key('escrow').toString('base64url');
		expect(answer).not.toContain(key);
		if (answer.startsWith('HTTP/1.1 200')) expect(answer).toContain('Verzonden mail');
	});

	test('leaves no name, no address and no token in the log', async () => {
		const browser = await browserOf(app, 'guardian');
		await browser.post('/api/reset', {
			school: schoolId,
			userName: 'ouder@example.org',
			language: 'nl'
		});
		await browser.post('/api/session', null, { raw: '{"userName":"jvanderberg' });
		const log = JSON.stringify(app.log);
		expect(app.log).toEqual(
			expect.arrayContaining([expect.objectContaining({ route: '/api/session', status: 200 })])
		);
		for (const word of ['jvanderberg', 'example.org', 'Fietspomp7', schoolId, '127.0.0.1']) {
			expect(log).not.toContain(word);
		}
	});
});

/** A request as it is, which fetch would have tidied up. */
async function raw(text: string): Promise<string> {
	const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
	socket.write(text);
	return Buffer.concat(await socket.toArray()).toString();
}
