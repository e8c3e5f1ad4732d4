import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Secrets } from '#lib/domain/credentials/secret.ts';
import { accountWork } from '#lib/server/accounts/due-work.ts';
import { HashQueue } from '#lib/server/accounts/hash-queue.ts';
import { makeLink } from '#lib/server/accounts/mailed-links.ts';
import { blockKind } from '#lib/server/accounts/tries.ts';
import { startApp, type App } from './support/app.ts';
import { Browser } from './support/browser.ts';
import { holdChecks } from './support/gate.ts';
import { addSchool, people, schoolId } from './support/school.ts';
import { browserOf, signIn } from './support/sign-in.ts';

let app: App;
beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
});
afterEach(() => app.stop());

const { account } = people.guardian;
const change = { current: people.guardian.password, password: 'Sneeuwpop4' };
const wrong = { code: 'wrongPassword' };
const key = 'A'.repeat(43);

/** What the administration, or the account's owner, does at the endpoint. */
async function make(
	name: string,
	args: object,
	more: { readonly by?: Id; readonly uid?: Id; readonly secrets?: Secrets } = {}
): Promise<void> {
	const { by: actorId = people.administrator.account, uid = `uid-${name}`, secrets } = more;
	await app.endpoint.schools.write(schoolId, async (writing) => {
		const madeAt = app.now.toISOString();
		const mutation = { name, args, uid, batch: null, actorId, madeAt };
		const actor = writing.actor(actorId);
		expect(await writing.make({ mutation, madeAt, actor, secrets })).toBeNull();
	});
}

/** What happens while a check is under way. */
async function meanwhile<T>(asked: () => Promise<T>, happening: () => Promise<void>): Promise<T> {
	const held = holdChecks(app, 1);
	const answer = asked();
	await held.reached;
	await happening();
	held.release();
	return answer;
}

const renew = (secretId: Id, fromSecretId: Id, uid: Id): Promise<void> => {
	const args = { accountId: account, fromSecretId, secretId };
	const secrets = { [secretId]: { kind: 'temporary', text: 'Xy7pQr2m' } } as const;
	return make('account.renew@1', args, { uid, secrets });
};

async function openSessions(): Promise<number> {
	const rows = await app.endpoint.store.read(schoolId, ({ db }) =>
		db
			.selectFrom('session')
			.select('id')
			.where('account', '=', account)
			.where('ended_at', 'is', null)
			.execute()
	);
	return rows.length;
}

async function failures(): Promise<number> {
	const rows = await app.endpoint.store.read(schoolId, ({ db }) =>
		db.selectFrom('attempt').select('failures').where('subject', '=', 'school').execute()
	);
	return rows[0]?.failures ?? 0;
}

describe('a sign-in under way with the old password', () => {
	test('lets nobody in once its owner has chosen another, and counts as a wrong one', async () => {
		const owner = await browserOf(app, 'guardian');
		const thief = new Browser(app);
		const { body } = await meanwhile(
			() => signIn(thief, 'guardian'),
			async () => {
				expect((await owner.post('/api/session/password', change)).status).toBe(200);
			}
		);
		expect(body).toEqual(wrong);
		expect(thief.cookie).toBeNull();
		expect(await openSessions()).toBe(1);
		expect(await failures()).toBe(1);
		expect((await owner.get('/api/session')).status).toBe(200);
	});

	test('that came first is ended by the change', async () => {
		const owner = await browserOf(app, 'guardian');
		const thief = new Browser(app);
		const { status } = await meanwhile(
			() => owner.post('/api/session/password', change),
			async () => {
				expect((await signIn(thief, 'guardian')).status).toBe(200);
			}
		);
		expect(status).toBe(200);
		expect((await thief.get('/api/session')).body).toEqual({ code: 'signedOut' });
		expect(await openSessions()).toBe(1);
	});

	test('lets nobody in once the administration has renewed it', async () => {
		const reply = await meanwhile(
			() => signIn(new Browser(app), 'guardian'),
			() => renew('secret-new', `secret-${account}`, 'renewal')
		);
		expect(reply.body).toEqual(wrong);
		expect(await openSessions()).toBe(0);
	});

	test('lets nobody in once an undo took that password back', async () => {
		await renew('secret-new', `secret-${account}`, 'renewal');
		const reply = await meanwhile(
			() => signIn(new Browser(app), 'guardian', { password: 'Xy7pQr2m' }),
			() => make('change.undo@1', { uid: 'renewal', except: [] })
		);
		expect(reply.body).toEqual(wrong);
		expect((await signIn(new Browser(app), 'guardian')).status).toBe(200);
	});

	test('lets nobody in once a mailed link has set another', async () => {
		const reply = await meanwhile(
			() => signIn(new Browser(app), 'guardian'),
			async () => {
				const { userName } = people.guardian;
				const asked = { token: await resetLink(), userName, password: change.password };
				expect((await new Browser(app).post('/api/reset/use', asked)).status).toBe(200);
			}
		);
		expect(reply.body).toEqual(wrong);
		expect(await openSessions()).toBe(0);
	});

	function resetLink(): Promise<string> {
		return app.endpoint.store.write(schoolId, (tx) => {
			const [at, until] = [app.now.toISOString(), '2026-11-23T09:30:00.000Z'];
			const link = { account, kind: 'password', ip: '', payload: {}, at, until } as const;
			return makeLink(tx, link);
		});
	}

	test.each([
		['archived', 'account.archive@1', { accountId: account }, 'accountInactive'],
		[
			'blocked by the administration',
			'signIn.block@1',
			{ accountId: account, cause: 'administration' },
			'blockedBySchool'
		]
	])('lets nobody in once the account was %s', async (_what, name, args, code) => {
		const reply = await meanwhile(
			() => signIn(new Browser(app), 'guardian'),
			() => make(name, args)
		);
		expect(reply.body).toEqual({ code });
		expect(await openSessions()).toBe(0);
		// The password was right.
		expect(await failures()).toBe(0);
	});

	test('of a pupil lets nobody in once their card was revoked', async () => {
		const child = people.child.account;
		const issued = { secretId: 'secret-card', cardId: 'card-1', printRunId: 'run-1' };
		await make('print.start@1', { printRunId: 'run-1', title: 'Test', cardCount: 1 });
		await make(
			'leerId.renew@1',
			{ ...issued, leerIdId: child, fromSecretId: `secret-${child}` },
			{ secrets: { 'secret-card': { kind: 'word', text: 'bos472' } } }
		);
		const reply = await meanwhile(
			() => signIn(new Browser(app), 'child', { password: 'bos472' }),
			() => make('card.revoke@1', { cardId: 'card-1' })
		);
		expect(reply.body).toEqual(wrong);
	});

	test('hands out no key of a vault', async () => {
		const owner = await browserOf(app, 'guardian', { vault: 'vault-1' });
		await owner.put('/api/escrow', { vault: 'vault-1', key });
		const reply = await meanwhile(
			() => signIn(new Browser(app), 'guardian', { vault: 'vault-1' }),
			() => renew('secret-new', `secret-${account}`, 'renewal')
		);
		expect(reply.body).toEqual(wrong);
	});

	test('goes on where the password was only hashed meanwhile', async () => {
		const { store, keys, passwords } = app.endpoint;
		const reply = await meanwhile(
			() => signIn(new Browser(app), 'guardian'),
			async () => {
				const queue = new HashQueue({ store, keys, passwords, failed: fail, pauseMs: 0 });
				await queue.start();
				await expect.poll(sealed, { timeout: 10_000 }).toBe(0);
				await queue.stop();
			}
		);
		expect(reply.status).toBe(200);
	});

	function fail(error: unknown): never {
		throw error;
	}

	async function sealed(): Promise<number> {
		const rows = await app.endpoint.store.read(schoolId, ({ db }) =>
			db.selectFrom('secret').select('id').where('sealed', 'is not', null).execute()
		);
		return rows.length;
	}
});

describe('changes of an own password with one old password', () => {
	test('at the same moment are one change; the others are told that it is wrong', async () => {
		const devices: Browser[] = [];
		for (let at = 0; at < 6; at++) devices.push(await browserOf(app, 'guardian'));
		// The fifth makes whoever comes after it wait.
		const held = holdChecks(app, 5);
		const answers = devices.map((device, at) =>
			device.post('/api/session/password', { ...change, password: `Sneeuwpop4${at}` })
		);
		await held.reached;
		held.release();
		const replies = await Promise.all(answers);
		const codes = replies.map(({ status, body }) =>
			status === 200 ? 'changed' : (body as { code: string }).code
		);
		const [wrongOne, wait] = [wrong.code, 'wait'];
		expect(codes.toSorted()).toEqual(['changed', wait, ...Array<string>(4).fill(wrongOne)]);
		expect(await openSessions()).toBe(1);
		expect(await failures()).toBe(4);
		const password = `Sneeuwpop4${codes.indexOf('changed')}`;
		expect((await signIn(new Browser(app), 'guardian', { password })).status).toBe(200);
	});
});

describe('a block for wrong passwords that is on its way', () => {
	const arrive = async (): Promise<void> => {
		const { [blockKind]: block } = accountWork(app.endpoint);
		const due = { ...{ id: 'due-1', kind: blockKind, school: schoolId, attempts: 1 }, at: '' };
		await block?.({ ...due, body: { subject: account } });
	};
	const block = () =>
		app.endpoint.schools.read(schoolId, ({ state }) =>
			Promise.resolve(state.get('signInBlock', account))
		);
	const keepOut = () =>
		app.endpoint.store.write(schoolId, ({ db }) => {
			const at = app.now.toISOString();
			const row = { subject: account, failures: 10, lifetime: 10, last_at: at };
			const values = { ...row, wait_until: null, blocked_at: at };
			return db.insertInto('attempt').values(values).execute();
		});

	test('blocks', async () => {
		await keepOut();
		await arrive();
		expect(await block()).toMatchObject({ cause: 'wrongPasswords' });
	});

	test('does not once the account has a new password', async () => {
		await keepOut();
		await renew('secret-new', `secret-${account}`, 'renewal');
		await arrive();
		expect(await block()).toBeUndefined();
	});
});

describe('who was signed out while their password was looked at', () => {
	const mailed = (): Promise<readonly unknown[]> =>
		app.endpoint.store.read(schoolId, ({ db }) => db.selectFrom('reset').selectAll().execute());

	test('asks for no other e-mail address with a password that was changed', async () => {
		const [owner, thief] = [await browserOf(app, 'guardian'), await browserOf(app, 'guardian')];
		const asked = { address: 'dief@example.org', password: change.current, language: 'nl' };
		const reply = await meanwhile(
			() => thief.post('/api/email', asked),
			async () => {
				expect((await owner.post('/api/session/password', change)).status).toBe(200);
			}
		);
		expect(reply.body).toEqual(wrong);
		expect(await mailed()).toEqual([]);
	});

	test.each([
		['/api/email', { address: 'dief@example.org', password: change.current, language: 'nl' }],
		['/api/session/password', change]
	])('does nothing at %s, though the password is still right', async (path, asked) => {
		const [owner, thief] = [await browserOf(app, 'guardian'), await browserOf(app, 'guardian')];
		const reply = await meanwhile(
			() => thief.post(path, asked),
			async () => {
				expect((await owner.delete('/api/session/devices', all)).status).toBe(200);
			}
		);
		expect(reply.body).toEqual({ code: 'signedOut' });
		expect(await mailed()).toEqual([]);
		expect((await signIn(new Browser(app), 'guardian')).status).toBe(200);
		expect(await failures()).toBe(0);
	});

	const all = { device: null, wipe: false };
});
