import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startApp, type App } from './support/app.ts';
import { Browser } from './support/browser.ts';
import { addSchool, people, schoolId, type PersonName } from './support/school.ts';
import { browserOf, credentials, pass, signIn } from './support/sign-in.ts';

let app: App;
beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
});
afterEach(() => app.stop());

describe('signing in', () => {
	test.each([
		['administrator', 'administration', 72],
		['teacher', 'teacher', 72],
		['guardian', 'guardian', 720],
		['child', 'pupil', 0],
		['pictures', 'pupil', 0]
	] as const)('%s comes in as %s', async (name, role, offlineHours) => {
		const { status, body } = await signIn(new Browser(app), name);
		expect(status).toBe(200);
		expect(body).toMatchObject({
			school: schoolId,
			account: people[name].account,
			actor: { id: people[name].account, role },
			today: '2026-11-23',
			mustChange: false,
			offlineHours,
			keys: []
		});
	});

	test('by e-mail address too, and however the name is written', async () => {
		expect(
			(await signIn(new Browser(app), 'guardian', { userName: ' Ouder@example.org ' })).status
		).toBe(200);
		expect((await signIn(new Browser(app), 'guardian', { userName: 'JvanderBerg' })).status).toBe(
			200
		);
	});

	test('with a password that is still sealed, and once it is hashed', async () => {
		const sealed = () =>
			app.endpoint.store.read(schoolId, ({ db }) =>
				db.selectFrom('secret').select('id').where('sealed', 'is not', null).execute()
			);
		expect(await sealed()).toHaveLength(Object.keys(people).length);
		expect((await signIn(new Browser(app), 'child')).status).toBe(200);
		// A renewal pokes the queue that hashes; here nobody waits for its pause.
		const { HashQueue } = await import('#lib/server/accounts/hash-queue.ts');
		const { store, keys, passwords } = app.endpoint;
		const queue = new HashQueue({ store, keys, passwords, failed: () => undefined, pauseMs: 0 });
		await queue.start();
		await expect.poll(() => sealed()).toEqual([]);
		await queue.stop();
		expect((await signIn(new Browser(app), 'child')).status).toBe(200);
		expect((await signIn(new Browser(app), 'child', { password: 'zal658' })).status).toBe(401);
	});

	test('the cookie is out of reach of scripts and of other sites', async () => {
		const { headers } = await signIn(new Browser(app), 'guardian');
		expect(headers.get('set-cookie')).toMatch(
			/^session=SSSSSSSSSSSSSSSSSSSSSS\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/
		);
		expect(headers.get('cache-control')).toBe('no-store');
	});

	test('behind TLS the cookie is Secure and for this host alone', async () => {
		const headers = { host: 'school.example' };
		const { request } = await import('node:http');
		const setCookie = await new Promise<string>((resolve, reject) => {
			const asked = request(`${app.url}/api/session`, {
				method: 'POST',
				headers: {
					...headers,
					origin: 'https://school.example',
					'content-type': 'application/json'
				}
			});
			asked.on('response', (response) => resolve(String(response.headers['set-cookie'])));
			asked.on('error', reject);
			asked.end(JSON.stringify(credentials('guardian')));
		});
		expect(setCookie).toMatch(/^__Host-session=.*; Secure; /);
	});

	test('notes when a pupil last signed in', async () => {
		await browserOf(app, 'child');
		const at = await app.endpoint.schools.read(schoolId, ({ state }) =>
			Promise.resolve(state.get('leerId', people.child.account)?.lastSignInAt)
		);
		expect(at).toBe(app.now.toISOString());
	});

	test('again on the same browser leaves one session', async () => {
		const browser = await browserOf(app, 'guardian');
		await signIn(browser, 'guardian');
		const { body } = await browser.get('/api/session/devices');
		expect(body).toMatchObject({ devices: [{ name: 'Chrome', current: true }] });
	});

	test('a pupil whose enrolment ended is told so, and only with the right password', async () => {
		app.now = new Date('2027-09-01T08:00:00.000Z');
		expect((await signIn(new Browser(app), 'child')).body).toEqual({ code: 'accountInactive' });
		const wrong = await signIn(new Browser(app), 'child', { password: 'x' });
		expect(wrong.body).toEqual({ code: 'wrongPassword' });
	});

	test('a school that is not there answers so', async () => {
		expect((await signIn(new Browser(app), 'child', { school: 'nowhere' })).body).toEqual({
			code: 'notFound'
		});
	});
});

describe('wrong passwords', () => {
	const fail = (browser: Browser, name: PersonName) => signIn(browser, name, { password: 'wrong' });

	test('delay from the fifth, block at the tenth, and the administration lifts it', async () => {
		const browser = new Browser(app);
		const answers: unknown[] = [];
		for (let at = 0; at < 10; at++) {
			answers.push((await fail(browser, 'guardian')).body);
			if (at >= 4) {
				const { status, headers } = await fail(browser, 'guardian');
				if (at < 9)
					expect([status, headers.get('retry-after')]).toEqual([429, String(60 * 2 ** (at - 4))]);
			}
			pass(app, 60);
		}
		expect(answers.map((body) => (body as { code: string }).code)).toEqual([
			...Array.from({ length: 9 }, () => 'wrongPassword'),
			'blocked'
		]);
		expect((await signIn(browser, 'guardian')).body).toEqual({ code: 'blocked' });
		await expect.poll(() => blockOf('guardian')).toMatchObject({ cause: 'wrongPasswords' });
		await unblock('guardian');
		expect((await signIn(browser, 'guardian')).status).toBe(200);
	});

	test('the last administrator waits, and is never blocked', async () => {
		const browser = new Browser(app);
		for (let at = 0; at < 10; at++) {
			await fail(browser, 'administrator');
			pass(app, 60);
		}
		await vi.waitFor(async () => {
			pass(app, 60);
			expect((await signIn(browser, 'administrator')).status).toBe(200);
		}, 10_000);
	});

	async function blockOf(name: PersonName): Promise<unknown> {
		return app.endpoint.schools.read(schoolId, ({ state }) =>
			Promise.resolve(state.get('signInBlock', people[name].account))
		);
	}

	async function unblock(name: PersonName): Promise<void> {
		await app.endpoint.schools.write(schoolId, async (writing) => {
			const { account: actorId } = people.administrator;
			const madeAt = app.now.toISOString();
			const args = { accountId: people[name].account };
			const mutation = {
				name: 'signIn.unblock@1',
				args,
				uid: 'unblock',
				batch: null,
				actorId,
				madeAt
			};
			const refusal = await writing.make({ mutation, madeAt, actor: writing.actor(actorId) });
			expect(refusal).toBeNull();
		});
	}
});

describe('an issued password', () => {
	test('opens nothing but the choice of an own one', async () => {
		const browser = new Browser(app);
		expect((await signIn(browser, 'pupil')).body).toMatchObject({ mustChange: true });
		for (const [path, body] of [
			['/api/sync', {}],
			['/api/email', { address: 'a@b.nl', password: 'x' }]
		] as const) {
			expect((await browser.post(path, body)).body).toEqual({ code: 'mustChange' });
		}
		const current = people.pupil.password;
		const weak = await browser.post('/api/session/password', { current, password: 'kort' });
		expect(weak.body).toEqual({ code: 'weakPassword' });
		const chosen = await browser.post('/api/session/password', { current, password: 'Sneeuwpop4' });
		expect(chosen.body).toMatchObject({ mustChange: false });
		expect((await signIn(new Browser(app), 'pupil')).body).toEqual({ code: 'wrongPassword' });
		expect((await signIn(new Browser(app), 'pupil', { password: 'Sneeuwpop4' })).status).toBe(200);
	});

	test('on a card of a basic account stays what it is', async () => {
		const browser = await browserOf(app, 'child');
		const asked = { current: people.child.password, password: 'Sneeuwpop4' };
		expect((await browser.post('/api/session/password', asked)).body).toEqual({
			code: 'notAllowed'
		});
	});
});

describe('devices', () => {
	test('are listed, and ended one by one or all at once', async () => {
		const laptop = await browserOf(app, 'teacher', { deviceName: 'Laptop' });
		pass(app, 10);
		const tablet = await browserOf(app, 'teacher', { deviceName: 'Tablet' });
		const { body } = await laptop.get('/api/session/devices');
		const { devices } = body as { devices: { id: string; name: string }[] };
		expect(devices).toHaveLength(2);
		const device = devices.find(({ name }) => name === 'Tablet')?.id;
		await laptop.delete('/api/session/devices', { device, wipe: false });
		expect((await tablet.get('/api/session')).body).toEqual({ code: 'signedOut' });
		const phone = await browserOf(app, 'teacher', { deviceName: 'Telefoon' });
		await laptop.delete('/api/session/devices', { device: null, wipe: true });
		expect((await phone.get('/api/session')).body).toEqual({ code: 'wiped' });
		expect((await laptop.get('/api/session')).status).toBe(200);
	});

	test('of somebody else cannot be ended', async () => {
		const teacher = await browserOf(app, 'teacher');
		const { body } = await teacher.get('/api/session/devices');
		const [device] = (body as { devices: { id: string }[] }).devices;
		const guardian = await browserOf(app, 'guardian');
		await guardian.delete('/api/session/devices', { device: device?.id, wipe: true });
		expect((await teacher.get('/api/session')).status).toBe(200);
	});

	test('of anybody are seen and ended by who manages accounts, which is audited, and by nobody else', async () => {
		const teacher = await browserOf(app, 'teacher', { deviceName: 'Laptop' });
		const administrator = await browserOf(app, 'administrator');
		const { account } = people.teacher;
		const listed = await administrator.post('/api/account-devices', { account });
		expect(listed.body).toMatchObject({ devices: [{ name: 'Laptop', current: false }] });
		const ending = { account, device: null, wipe: false };
		for (const name of ['guardian', 'child'] as const) {
			const other = await browserOf(app, name);
			expect((await other.post('/api/account-devices', { account })).body).toEqual({
				code: 'notAllowed'
			});
			expect((await other.delete('/api/account-devices', ending)).body).toEqual({
				code: 'notAllowed'
			});
		}
		expect((await administrator.delete('/api/account-devices', ending)).status).toBe(200);
		expect((await teacher.get('/api/session')).body).toEqual({ code: 'signedOut' });
		const audit = await app.endpoint.store.read(schoolId, ({ db }) =>
			db.selectFrom('audit').select('body').execute()
		);
		expect(audit.map(({ body }) => JSON.parse(body) as unknown)).toContainEqual({
			what: 'signedOut',
			at: app.now.toISOString(),
			actorId: people.administrator.account,
			account
		});
	});

	test('keep a key in escrow, which only the password gives back, and which never changes', async () => {
		const key = 'k'.repeat(43);
		const browser = await browserOf(app, 'teacher');
		expect((await browser.put('/api/escrow', { vault: 'vault-1', key })).status).toBe(200);
		expect((await browser.put('/api/escrow', { vault: 'vault-1', key })).status).toBe(200);
		const other = await browser.put('/api/escrow', { vault: 'vault-1', key: 'x'.repeat(43) });
		expect(other.body).toEqual({ code: 'conflict' });
		const again = await signIn(new Browser(app), 'teacher', { vault: 'vault-1' });
		expect(again.body).toMatchObject({ keys: [{ vault: 'vault-1', key }] });
		expect((await signIn(new Browser(app), 'guardian', { vault: 'vault-1' })).body).toMatchObject({
			keys: []
		});
		const rows = await app.endpoint.store.read(schoolId, ({ db }) =>
			db.selectFrom('escrow').selectAll().execute()
		);
		expect(JSON.stringify(rows)).not.toContain(key);
		const pupil = await browserOf(app, 'child');
		expect((await pupil.put('/api/escrow', { vault: 'v', key })).body).toEqual({
			code: 'notAllowed'
		});
	});
});
