import { describe, expect, test } from 'vitest';
import { accountWork } from '#lib/server/accounts/due-work.ts';
import { HashQueue } from '#lib/server/accounts/hash-queue.ts';
import { blockKind } from '#lib/server/accounts/tries.ts';
import { overEveryEngine } from '#lib/server/store/testing/engines.ts';
import { Browser } from './support/browser.ts';
import { holdChecks } from './support/gate.ts';
import { people } from './support/school.ts';
import { account, change, TwoProcesses, wrong } from './support/two-processes.ts';

const key = 'A'.repeat(43);

// The change meanwhile is made at the other process, over a connection of its own.
overEveryEngine((tried) => {
	const two = new TwoProcesses(tried);

	describe('a sign-in under way with the old password', () => {
		test('lets nobody in once its owner has chosen another, and counts as a wrong one', async () => {
			const owner = await two.browserOf('guardian');
			const thief = new Browser(two.here);
			const { body } = await two.meanwhile(
				() => two.signIn('guardian', { browser: thief }),
				async () => {
					expect((await owner.post('/api/session/password', change)).status).toBe(200);
				}
			);
			expect(body).toEqual(wrong);
			expect(thief.cookie).toBeNull();
			expect(await two.openSessions()).toBe(1);
			expect(await two.failures()).toBe(1);
			expect((await owner.get('/api/session')).status).toBe(200);
		});

		test('that came first is ended by the change', async () => {
			const owner = await two.browserOf('guardian');
			const thief = new Browser(two.here);
			const { status } = await two.meanwhile(
				() => owner.post('/api/session/password', change),
				async () => {
					expect((await two.signIn('guardian', { browser: thief })).status).toBe(200);
				}
			);
			expect(status).toBe(200);
			expect((await thief.get('/api/session')).body).toEqual({ code: 'signedOut' });
			expect(await two.openSessions()).toBe(1);
		});

		test('lets nobody in once the administration has renewed it', async () => {
			const reply = await two.meanwhile(
				() => two.signIn('guardian'),
				() => two.renew('secret-new', `secret-${account}`, 'renewal')
			);
			expect(reply.body).toEqual(wrong);
			expect(await two.openSessions()).toBe(0);
		});

		test('lets nobody in once an undo took that password back', async () => {
			await two.renew('secret-new', `secret-${account}`, 'renewal');
			const reply = await two.meanwhile(
				() => two.signIn('guardian', { password: 'Xy7pQr2m' }),
				() => two.make('change.undo@1', { uid: 'renewal', except: [] })
			);
			expect(reply.body).toEqual(wrong);
			expect((await two.signIn('guardian')).status).toBe(200);
		});

		test('lets nobody in once a mailed link has set another', async () => {
			const reply = await two.meanwhile(
				() => two.signIn('guardian'),
				async () => {
					const { userName } = people.guardian;
					const asked = { token: await two.resetLink(), userName, password: change.password };
					expect((await new Browser(two.here).post('/api/reset/use', asked)).status).toBe(200);
				}
			);
			expect(reply.body).toEqual(wrong);
			expect(await two.openSessions()).toBe(0);
		});

		test.each([
			['archived', 'account.archive@1', { accountId: account }, 'accountInactive'],
			[
				'blocked by the administration',
				'signIn.block@1',
				{ accountId: account, cause: 'administration' },
				'blockedBySchool'
			]
		])('lets nobody in once the account was %s', async (_what, name, args, code) => {
			const reply = await two.meanwhile(
				() => two.signIn('guardian'),
				() => two.make(name, args)
			);
			expect(reply.body).toEqual({ code });
			expect(await two.openSessions()).toBe(0);
			// The password was right.
			expect(await two.failures()).toBe(0);
		});

		test('of a pupil lets nobody in once their card was revoked', async () => {
			const child = people.child.account;
			const issued = { secretId: 'secret-card', cardId: 'card-1', printRunId: 'run-1' };
			await two.make('print.start@1', { printRunId: 'run-1', title: 'Test', cardCount: 1 });
			await two.make(
				'leerId.renew@1',
				{ ...issued, leerIdId: child, fromSecretId: `secret-${child}` },
				{ secrets: { 'secret-card': { kind: 'word', text: 'bos472' } } }
			);
			const reply = await two.meanwhile(
				() => two.signIn('child', { password: 'bos472' }),
				() => two.make('card.revoke@1', { cardId: 'card-1' })
			);
			expect(reply.body).toEqual(wrong);
		});

		test('hands out no key of a vault', async () => {
			const owner = await two.browserOf('guardian', { vault: 'vault-1' });
			await owner.put('/api/escrow', { vault: 'vault-1', key });
			const reply = await two.meanwhile(
				() => two.signIn('guardian', { vault: 'vault-1' }),
				() => two.renew('secret-new', `secret-${account}`, 'renewal')
			);
			expect(reply.body).toEqual(wrong);
		});

		test('goes on where the password was only hashed meanwhile', async () => {
			const { store, keys, passwords } = two.here.endpoint;
			const reply = await two.meanwhile(
				() => two.signIn('guardian'),
				async () => {
					const queue = new HashQueue({ store, keys, passwords, failed: fail, pauseMs: 0 });
					queue.poke(two.school);
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
			const rows = await two.here.endpoint.store.read(two.school, ({ db }) =>
				db.selectFrom('secret').select('id').where('sealed', 'is not', null).execute()
			);
			return rows.length;
		}
	});

	describe('changes of an own password with one old password', () => {
		test('at the same moment are one change; the others are told that it is wrong', async () => {
			const devices: Browser[] = [];
			for (let at = 0; at < 6; at++) {
				devices.push(await two.browserOf('guardian', { at: at % 2 ? two.there : two.here }));
			}
			// The fifth makes those who come after it wait.
			const held = holdChecks([two.here, two.there], 5);
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
			expect(await two.openSessions()).toBe(1);
			expect(await two.failures()).toBe(4);
			const password = `Sneeuwpop4${codes.indexOf('changed')}`;
			expect((await two.signIn('guardian', { password })).status).toBe(200);
		});
	});

	describe('a block for wrong passwords that is on its way', () => {
		const arrive = async (): Promise<void> => {
			const { [blockKind]: block } = accountWork(two.here.endpoint);
			const due = { ...{ id: 'due-1', kind: blockKind, school: two.school, attempts: 1 }, at: '' };
			await block?.({ ...due, body: { subject: account } });
		};
		const block = () =>
			two.here.endpoint.schools.read(two.school, ({ state }) =>
				Promise.resolve(state.get('signInBlock', account))
			);
		const keepOut = () =>
			two.here.endpoint.store.write(two.school, ({ db }) => {
				const at = two.here.now.toISOString();
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
			await two.renew('secret-new', `secret-${account}`, 'renewal');
			await arrive();
			expect(await block()).toBeUndefined();
		});
	});

	describe('who was signed out while their password was looked at', () => {
		const mailed = (): Promise<readonly unknown[]> =>
			two.here.endpoint.store.read(two.school, ({ db }) =>
				db.selectFrom('reset').selectAll().execute()
			);

		test('asks for no other e-mail address with a password that was changed', async () => {
			const [owner, thief] = [await two.browserOf('guardian'), await two.browserOf('guardian')];
			const asked = { address: 'dief@example.org', password: change.current, language: 'nl' };
			const reply = await two.meanwhile(
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
			const [owner, thief] = [await two.browserOf('guardian'), await two.browserOf('guardian')];
			const reply = await two.meanwhile(
				() => thief.post(path, asked),
				async () => {
					expect((await owner.delete('/api/session/devices', all)).status).toBe(200);
				}
			);
			expect(reply.body).toEqual({ code: 'signedOut' });
			expect(await mailed()).toEqual([]);
			expect((await two.signIn('guardian')).status).toBe(200);
			expect(await two.failures()).toBe(0);
		});

		const all = { device: null, wipe: false };
	});
});
