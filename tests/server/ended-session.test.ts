import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { schemaVersion } from '#lib/protocol/limits.ts';
import { endSessions } from '#lib/server/accounts/sessions.ts';
import { startApp, type App } from './support/app.ts';
import type { Browser, Reply } from './support/browser.ts';
import { beforeNextWrite } from './support/gate.ts';
import { addSchool, people, schoolId } from './support/school.ts';
import { browserOf } from './support/sign-in.ts';

let app: App;
let browser: Browser;
beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
	browser = await browserOf(app, 'administrator');
});
afterEach(() => app.stop());

const { account } = people.administrator;

function push(): Promise<Reply> {
	const args = { printRunId: 'run-1', title: 'Test', cardCount: 1 };
	const madeAt = app.now.toISOString();
	const about = { name: 'print.start@1', args, uid: 'u', batch: null, actorId: account, madeAt };
	return browser.post('/api/sync', {
		...{ schema: schemaVersion, account, clientId: 'client-1', confirmed: 0, cookie: null },
		...{ mutations: [{ number: 1, mutation: about }], unsent: false }
	});
}

const requests: Readonly<Record<string, () => Promise<Reply>>> = {
	'to sync': push,
	'that keeps the key of a vault': () =>
		browser.put('/api/escrow', { vault: 'vault-1', key: 'A'.repeat(43) }),
	'that signs other devices out': () =>
		browser.delete('/api/session/devices', { device: null, wipe: true }),
	"that signs somebody else's devices out": () =>
		browser.delete('/api/account-devices', {
			...{ account: people.teacher.account, device: null, wipe: true }
		})
};

/** All that any of them would have written. */
function written(): Promise<unknown> {
	return app.endpoint.store.read(schoolId, async ({ db }) => ({
		runs: await db.selectFrom('record').select('id').where('kind', '=', 'printRun').execute(),
		keys: await db.selectFrom('escrow').select('vault').execute(),
		wiped: await db.selectFrom('session').select('id').where('wipe', '=', 1).execute(),
		audit: await db.selectFrom('audit').select('seq').execute()
	}));
}

describe('a request', () => {
	test.each(Object.keys(requests))('%s writes while its session is open', async (name) => {
		const before = await written();
		await browserOf(app, 'administrator');
		await browserOf(app, 'teacher');
		expect((await requests[name]?.())?.status).toBe(200);
		expect(await written()).not.toEqual(before);
	});

	test.each(Object.keys(requests))(
		'%s writes nothing once its session has ended, though it was let in',
		async (name) => {
			const before = await written();
			await browserOf(app, 'administrator');
			await browserOf(app, 'teacher');
			beforeNextWrite(app, async () => {
				await app.endpoint.store.write(schoolId, (tx) =>
					endSessions(tx, { account, now: app.now })
				);
			});
			expect((await requests[name]?.())?.body).toEqual({ code: 'signedOut' });
			expect(await written()).toEqual(before);
		}
	);

	test("that signs somebody else's devices out needs the right to it when it does so", async () => {
		await browserOf(app, 'teacher');
		const before = await written();
		beforeNextWrite(app, async () => {
			await app.endpoint.schools.write(schoolId, async (writing) => {
				const madeAt = app.now.toISOString();
				const [first, ...rest] = writing.state.get('account', account)?.rights ?? [];
				expect(first).toBe('accounts');
				const other = {
					...writing.state.get('account', account),
					id: 'account-9',
					userName: 'x.y'
				};
				for (const [uid, name, args] of [
					['u-1', 'account.create@1', { account: { ...other, secretId: null, email: null } }],
					[
						'u-2',
						'account.edit@1',
						{ accountId: account, edit: { rights: [[first, ...rest], rest] } }
					]
				] as const) {
					const mutation = { name, args, uid, batch: null, actorId: account, madeAt };
					const actor = writing.actor(account);
					expect(await writing.make({ mutation, madeAt, actor })).toBeNull();
				}
			});
		});
		const reply = await requests["that signs somebody else's devices out"]?.();
		expect(reply?.body).toEqual({ code: 'notAllowed' });
		expect(await written()).toMatchObject({ wiped: (before as { wiped: unknown }).wiped });
	});
});
