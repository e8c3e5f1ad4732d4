import { describe, expect, test } from 'vitest';
import { overEveryEngine } from '#lib/server/store/testing/engines.ts';
import { Browser, type Reply } from './support/browser.ts';
import { holdChecks } from './support/gate.ts';
import { people } from './support/school.ts';
import { account, change, TwoProcesses, wrong } from './support/two-processes.ts';

const codeOf = ({ status, body }: Reply): string =>
	status === 200 ? 'done' : (body as { readonly code: string }).code;

// Whichever comes first: nothing here waits for the other.
overEveryEngine((tried) => {
	const two = new TwoProcesses(tried);
	const secretId = `secret-${account}`;

	/** Four sign-ins at two processes whose password was right, in the same moment as something else. */
	async function signInsBeside(
		happening: () => Promise<unknown>,
		password: string = change.current
	): Promise<{ readonly browsers: readonly Browser[]; readonly codes: readonly string[] }> {
		const browsers = [two.here, two.there, two.here, two.there].map((app) => new Browser(app));
		const held = holdChecks([two.here, two.there], browsers.length);
		const asked = browsers.map((browser) => two.signIn('guardian', { browser, password }));
		await held.reached;
		held.release();
		const [replies] = await Promise.all([Promise.all(asked), happening()]);
		return { browsers, codes: replies.map(codeOf) };
	}

	/** Expects that none of them is in, even one who was let in for a moment. */
	async function expectOut(browsers: readonly Browser[]): Promise<void> {
		expect(await two.openSessions()).toBe(0);
		for (const browser of browsers) {
			expect([401, 403]).toContain((await browser.get('/api/session')).status);
		}
	}

	describe('sign-ins of which the password was right, and in the same moment', () => {
		test('a renewal by the administration: nobody stays in', async () => {
			const renewing = () => two.renew('secret-new', secretId);
			const { browsers, codes } = await signInsBeside(renewing);
			expect(codes.filter((code) => code !== 'done' && code !== wrong.code)).toEqual([]);
			await expectOut(browsers);
			expect(await two.failures()).toBe(codes.filter((code) => code === wrong.code).length);
			expect(codeOf(await two.signIn('guardian', { password: 'Xy7pQr2m' }))).toBe('done');
		});

		test('the undo of a renewal: nobody stays in by what was taken back', async () => {
			await two.renew('secret-new', secretId, 'renewal');
			const undoing = () => two.make('change.undo@1', { uid: 'renewal', except: [] });
			const { browsers, codes } = await signInsBeside(undoing, 'Xy7pQr2m');
			expect(codes.filter((code) => code !== 'done' && code !== wrong.code)).toEqual([]);
			await expectOut(browsers);
			expect(codeOf(await two.signIn('guardian'))).toBe('done');
		});

		test.each([
			['the archiving of the account', 'account.archive@1', { accountId: account }],
			['a block', 'signIn.block@1', { accountId: account, cause: 'administration' }]
		])('%s: nobody stays in', async (_what, name, args) => {
			const { browsers, codes } = await signInsBeside(() => two.make(name, args));
			expect(codes.filter((code) => code === wrong.code)).toEqual([]);
			await expectOut(browsers);
			expect(await two.failures()).toBe(0);
		});
	});

	test('two new passwords by one old one, at two processes: one is chosen', async () => {
		const devices = [
			await two.browserOf('guardian', { at: two.here }),
			await two.browserOf('guardian', { at: two.there })
		];
		const passwords = ['Sneeuwpop41', 'Sneeuwpop42'];
		const held = holdChecks([two.here, two.there], 2);
		const asked = devices.map((device, at) =>
			device.post('/api/session/password', { ...change, password: passwords[at] })
		);
		await held.reached;
		held.release();
		const codes = (await Promise.all(asked)).map(codeOf);
		expect(codes.toSorted()).toEqual(['done', wrong.code]);
		expect(await two.openSessions()).toBe(1);
		const chosen = codes.indexOf('done');
		const [right, other] = [passwords[chosen], passwords[1 - chosen]] as const;
		expect(codeOf(await two.signIn('guardian', { password: other ?? '' }))).toBe(wrong.code);
		expect(codeOf(await two.signIn('guardian', { password: right ?? '' }))).toBe('done');
	});

	test('one mailed link, used at two processes at once: one password is set', async () => {
		const token = await two.resetLink();
		const { userName } = people.guardian;
		const passwords = ['Sneeuwpop41', 'Sneeuwpop42'];
		const asked = [two.here, two.there].map((app, at) =>
			new Browser(app).post('/api/reset/use', { token, userName, password: passwords[at] })
		);
		const statuses = (await Promise.all(asked)).map(({ status }) => status);
		expect(statuses.filter((status) => status === 200)).toHaveLength(1);
		const [chosen, other] = statuses[0] === 200 ? passwords : passwords.toReversed();
		expect(codeOf(await two.signIn('guardian', { password: other ?? '' }))).toBe(wrong.code);
		expect(codeOf(await two.signIn('guardian', { password: chosen ?? '' }))).toBe('done');
	});

	test('a new password by its owner and one by the administration: one of them is refused', async () => {
		const device = await two.browserOf('guardian');
		const held = holdChecks([two.here], 1);
		const asked = device.post('/api/session/password', change);
		await held.reached;
		held.release();
		const renewing = two.renew('secret-new', secretId).then(
			() => 'done',
			() => 'conflict'
		);
		const [own, renewed] = [codeOf(await asked), await renewing];
		expect([own, renewed].toSorted()).toEqual(
			own === 'done' ? ['conflict', 'done'] : ['done', wrong.code]
		);
		const now = own === 'done' ? change.password : 'Xy7pQr2m';
		expect(codeOf(await two.signIn('guardian', { password: now }))).toBe('done');
		expect(codeOf(await two.signIn('guardian'))).toBe(wrong.code);
	});

	describe('what the database gave up and was run again', () => {
		test('lets nobody in by a password that was changed in between', async () => {
			const browser = new Browser(two.here);
			const reply = await two.rolledBack(
				() => two.signIn('guardian', { browser }),
				() => two.renew('secret-new', secretId)
			);
			expect(reply.body).toEqual(wrong);
			expect(browser.cookie).toBeNull();
			expect(await two.openSessions()).toBe(0);
			expect(await two.failures()).toBe(1);
		});

		test('lets nobody in to an account that was archived in between', async () => {
			const reply = await two.rolledBack(
				() => two.signIn('guardian'),
				() => two.make('account.archive@1', { accountId: account })
			);
			expect(reply.body).toEqual({ code: 'accountInactive' });
			expect(await two.openSessions()).toBe(0);
		});

		test('sets no password over one that was set in between', async () => {
			const device = await two.browserOf('guardian');
			const reply = await two.rolledBack(
				() => device.post('/api/session/password', change),
				() => two.renew('secret-new', secretId)
			);
			expect(reply.body).toEqual(wrong);
			expect(codeOf(await two.signIn('guardian', { password: change.password }))).toBe(wrong.code);
			expect(codeOf(await two.signIn('guardian', { password: 'Xy7pQr2m' }))).toBe('done');
		});

		test('does nothing for a session that was ended in between', async () => {
			const [device, other] = [await two.browserOf('guardian'), await two.browserOf('guardian')];
			const reply = await two.rolledBack(
				() => device.post('/api/session/password', change),
				async () => {
					const all = { device: null, wipe: false };
					expect((await other.delete('/api/session/devices', all)).status).toBe(200);
				}
			);
			expect(reply.body).toEqual({ code: 'signedOut' });
			expect(codeOf(await two.signIn('guardian'))).toBe('done');
		});

		test('is done once, where nothing happened in between', async () => {
			const device = await two.browserOf('guardian');
			const before = await two.audited();
			const reply = await two.rolledBack(
				() => device.post('/api/session/password', change),
				() => Promise.resolve()
			);
			expect(reply.status).toBe(200);
			expect(await two.audited()).toBe(before + 1);
			expect(await two.openSessions()).toBe(1);
			for (const app of [two.here, two.there]) {
				const kept = await two.recordIn(app, 'account', account);
				expect(kept).not.toMatchObject({ secretId });
			}
			expect(
				codeOf(await two.signIn('guardian', { at: two.there, password: change.password }))
			).toBe('done');
		});
	});

	test('who loses a right while their password is looked at comes in without it', async () => {
		const rights = [['accounts', 'cards', 'import', 'leerId', 'settings'], ['leerId']];
		const { account: deputy } = people.teacher;
		await two.make('account.edit@1', {
			accountId: deputy,
			edit: { role: ['teacher', 'administration'], rights: [[], rights[0]] }
		});
		const reply = await two.meanwhile(
			() => two.signIn('teacher'),
			() => two.make('account.edit@1', { accountId: deputy, edit: { rights } })
		);
		expect(reply.body).toMatchObject({ actor: { id: deputy, rights: ['leerId'] } });
	});
});
