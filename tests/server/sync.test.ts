import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import { schemaVersion } from '#lib/protocol/limits.ts';
import { parseSyncAnswer } from '#lib/protocol/sync-answer.ts';
import { startApp, type App } from './support/app.ts';
import { Browser, type Reply } from './support/browser.ts';
import { addSchool, people, type PersonName } from './support/school.ts';
import { browserOf } from './support/sign-in.ts';

let app: App;
beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
});
afterEach(() => app.stop());

function sync(browser: Browser, name: PersonName, more: object = {}): Promise<Reply> {
	return browser.post('/api/sync', {
		schema: schemaVersion,
		account: people[name].account,
		clientId: newId(),
		confirmed: 0,
		cookie: null,
		mutations: [],
		unsent: false,
		...more
	});
}

function renaming(name: PersonName): object {
	const { account: actorId } = people[name];
	const edit = { lockAfterMinutes: [15, 30] };
	const made = { uid: newId(), batch: null, actorId, madeAt: app.now.toISOString() };
	return { number: 1, mutation: { name: 'school.changeSettings@1', args: { edit }, ...made } };
}

test('a person who is signed in gets what they may see, and no more', async () => {
	const asAdministrator = parseSyncAnswer(
		(await sync(await browserOf(app, 'administrator'), 'administrator')).body
	);
	const asGuardian = parseSyncAnswer(
		(await sync(await browserOf(app, 'guardian'), 'guardian')).body
	);
	if (asAdministrator?.kind !== 'synced' || asGuardian?.kind !== 'synced')
		throw new Error('Not synced');
	expect(asAdministrator.puts.map(({ kind }) => kind)).toContain('leerId');
	expect(asGuardian.puts.map(({ kind }) => kind)).not.toContain('leerId');
});

test('nobody syncs without a session, in somebody else’s name, or what is no request', async () => {
	expect((await sync(new Browser(app), 'teacher')).body).toEqual({ code: 'signedOut' });
	const guardian = await browserOf(app, 'guardian');
	expect((await sync(guardian, 'administrator')).body).toEqual({ code: 'notAllowed' });
	expect((await sync(guardian, 'guardian', { mutations: 'x' })).body).toEqual({
		code: 'badRequest'
	});
});

test('a password of their own cannot be sent past the one before it', async () => {
	const guardian = await browserOf(app, 'guardian');
	const { account } = people.guardian;
	const args = { accountId: account, fromSecretId: `secret-${account}`, secretId: 'stolen' };
	const made = { uid: newId(), batch: null, actorId: account, madeAt: app.now.toISOString() };
	const mutation = { name: 'account.choosePassword@1', args, ...made };
	const secrets = { stolen: { kind: 'temporary', text: 'Sneeuwpop4' } };
	const { body } = await sync(guardian, 'guardian', {
		mutations: [{ number: 1, mutation, secrets }]
	});
	expect(body).toMatchObject({ results: [{ refusal: { code: 'passwordNotAccepted' } }] });
});

test('a device that never stops syncing is asked to wait, and others of its school are not', async () => {
	const [guardian, teacher] = [await browserOf(app, 'guardian'), await browserOf(app, 'teacher')];
	const { syncsByAccount } = app.endpoint.requests;
	while (syncsByAccount.take(people.guardian.account, app.now.getTime()) === 0);
	const { status, headers } = await sync(guardian, 'guardian');
	expect([status, headers.get('retry-after')]).toEqual([429, '1']);
	expect((await sync(teacher, 'teacher')).status).toBe(200);
});

test('a listener is poked, has one stream a browser, and is sent away with the session', async () => {
	const [browser, other] = [await browserOf(app, 'teacher'), await browserOf(app, 'administrator')];
	const headers = { cookie: browser.cookie ?? '' };
	const first = await fetch(`${app.url}/api/live`, { headers });
	expect(first.headers.get('content-type')).toBe('text/event-stream');
	const live = await fetch(`${app.url}/api/live`, { headers });
	expect(await first.text()).toBe(':\n\n');
	const heard: string[] = [];
	const listening = (async () => {
		const decoder = new TextDecoder();
		for await (const part of live.body as unknown as AsyncIterable<Uint8Array>)
			heard.push(decoder.decode(part));
	})();
	const { live: bus } = app.endpoint.schools;
	await bus.tick();
	await sync(other, 'administrator', { mutations: [renaming('administrator')] });
	await bus.tick();
	await expect.poll(() => heard.join('')).toContain('data: ["school"');
	const archive = { accountId: people.teacher.account };
	const made = {
		uid: newId(),
		batch: null,
		actorId: people.administrator.account,
		madeAt: app.now.toISOString()
	};
	const mutation = { name: 'account.archive@1', args: archive, ...made };
	await sync(other, 'administrator', { mutations: [{ number: 1, mutation }] });
	await bus.tick();
	await listening;
	expect(app.endpoint.streams.size).toBe(0);
	expect(await (await fetch(`${app.url}/api/live`, { headers })).json()).toEqual({
		code: 'accountInactive'
	});
});

test('a device that another signs out hears it at once', async () => {
	const [lost, other] = [await browserOf(app, 'teacher'), await browserOf(app, 'teacher')];
	const live = await fetch(`${app.url}/api/live`, { headers: { cookie: lost.cookie ?? '' } });
	const body = { device: null, wipe: true };
	expect((await other.delete('/api/session/devices', body)).status).toBe(200);
	expect(await live.text()).toBe(':\n\n');
	expect((await lost.get('/api/session')).body).toEqual({ code: 'wiped' });
});

test('a stopping server ends its streams', async () => {
	const browser = await browserOf(app, 'teacher');
	const live = await fetch(`${app.url}/api/live`, { headers: { cookie: browser.cookie ?? '' } });
	const other = app;
	app = await startApp();
	await addSchool(app);
	await Promise.all([other.stop(), expect(live.text()).resolves.toBe(':\n\n')]);
});

test('readiness needs the database', async () => {
	const browser = new Browser(app);
	expect((await browser.get('/readyz')).body).toBe('ok');
	const broken = vi.spyOn(app.endpoint.store, 'readOutside').mockRejectedValue(new Error('away'));
	expect((await browser.get('/readyz')).status).toBe(503);
	broken.mockRestore();
});
