import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import { enrolmentRecord, firstAccount, pupilRecord } from '#lib/domain/testing/test-school.ts';
import { schemaVersion } from '#lib/protocol/limits.ts';
import { setVersion, writeChange } from '#lib/server/store/write-change.ts';
import { keepSecrets } from '#lib/server/sync/secret-table.ts';
import { startApp, type App } from './support/app.ts';
import { Browser } from './support/browser.ts';
import { addSchool, people, schoolId } from './support/school.ts';
import { browserOf, signIn } from './support/sign-in.ts';

let app: App;
beforeEach(async () => {
	app = await startApp();
	await addSchool(app);
});
afterEach(() => app.stop());

const { administrator, child, guardian } = people;
const theirs = `secret-${administrator.account}`;
const desk: Account = {
	...firstAccount,
	id: 'account-desk',
	userName: 'desk.one',
	rights: ['leerId'],
	secretId: 'secret-desk'
};
const deskPassword = 'lamp kastje fiets';

/** A device that tells what came of the mutations it sent, by their codes; null: taken. */
class Device {
	readonly #browser: Browser;
	readonly #account: string;
	#number = 0;

	constructor(browser: Browser, account: string) {
		this.#browser = browser;
		this.#account = account;
	}

	async send(name: string, args: object, secrets?: Secrets): Promise<string | null> {
		const number = ++this.#number;
		const made = { batch: null, actorId: this.#account, madeAt: app.now.toISOString() };
		const mutation = { name, args, uid: `${this.#account}-${number}`, ...made };
		const { body } = await this.#browser.post('/api/sync', {
			...{ schema: schemaVersion, account: this.#account, clientId: `client-${this.#account}` },
			...{ confirmed: 0, cookie: null, mutations: [{ number, mutation, secrets }], unsent: false }
		});
		const { results } = body as { results: readonly { refusal: { code: string } | null }[] };
		return results[0]?.refusal?.code ?? null;
	}
}

async function administratorsDevice(): Promise<Device> {
	return new Device(await browserOf(app, 'administrator'), administrator.account);
}

/** Somebody whose only right is LeerIDs, with a print run to issue passwords in. */
async function deskDevice(): Promise<Device> {
	const { store, keys } = app.endpoint;
	const now = app.now.toISOString();
	const secret = { kind: 'temporary', text: deskPassword } as const;
	const puts = [desk, pupilRecord('pupil-free'), enrolmentRecord('pupil-free')];
	await store.write(schoolId, async (tx) => {
		const version = tx.counter.version + 1;
		await writeChange(tx, { puts, removes: [] }, { version, at: now });
		await setVersion(tx, version);
		await keepSecrets(tx, [{ id: 'secret-desk', account: desk.id, secret }], { keys, now });
	});
	const browser = new Browser(app);
	const asked = { userName: desk.userName, password: deskPassword };
	expect((await signIn(browser, 'administrator', asked)).status).toBe(200);
	const device = new Device(browser, desk.id);
	const run = { printRunId: 'run-1', title: 'Test', cardCount: 1 };
	expect(await device.send('print.start@1', run)).toBeNull();
	return device;
}

function renewal(cardId: string, fromSecretId: string | null, secretId: string) {
	return { leerIdId: child.account, fromSecretId, secretId, cardId, printRunId: 'run-1' };
}

async function opens(userName: string, password: string): Promise<boolean> {
	const reply = await signIn(new Browser(app), 'child', { userName, password });
	return reply.status === 200;
}

test("a LeerID gets nobody else's password, and does not open with it", async () => {
	const device = await deskDevice();
	const stolen = renewal('card-1', `secret-${child.account}`, theirs);
	expect(await device.send('leerId.renew@1', stolen)).toBe('invalidValue');
	const adjusted = { ...stolen, userName: [child.userName, 'noor.m'], passwordKind: 'word' };
	expect(await device.send('leerId.adjust@1', adjusted)).toBe('invalidValue');
	expect(await opens(child.userName, administrator.password)).toBe(false);
	expect(await opens(child.userName, child.password)).toBe(true);
});

test("an account gets nobody else's password either", async () => {
	const device = await administratorsDevice();
	const stolen = { accountId: guardian.account, fromSecretId: `secret-${guardian.account}` };
	const renewed = { ...stolen, secretId: theirs };
	expect(await device.send('account.renew@1', renewed)).toBe('invalidValue');
	const account = { ...desk, secretId: theirs };
	expect(await device.send('account.create@1', { account })).toBe('invalidValue');
	expect(await device.send('account.archive@1', { accountId: guardian.account })).toBeNull();
	expect(await device.send('account.reopen@1', renewed)).toBe('invalidValue');
});

test('a password of the same LeerID that was replaced may be named again', async () => {
	const device = await deskDevice();
	const first = `secret-${child.account}`;
	const secrets = { 'secret-2': { kind: 'word', text: 'bos472' } } as const;
	expect(await device.send('leerId.renew@1', renewal('card-1', first, 'secret-2'), secrets)).toBe(
		null
	);
	expect(await opens(child.userName, 'bos472')).toBe(true);
	expect(await device.send('leerId.renew@1', renewal('card-2', 'secret-2', first))).toBeNull();
	expect(await opens(child.userName, child.password)).toBe(true);
	const undone = { uid: `${desk.id}-3`, except: [] };
	expect(await device.send('change.undo@1', undone)).toBeNull();
	expect(await opens(child.userName, 'bos472')).toBe(true);
});

test('a record that names a password which was kept for somebody else does not open with it', async () => {
	await app.endpoint.store.write(schoolId, ({ db }) =>
		db
			.updateTable('secret')
			.set({ account: guardian.account })
			.where('id', '=', `secret-${child.account}`)
			.execute()
	);
	expect((await signIn(new Browser(app), 'child')).body).toEqual({ code: 'wrongPassword' });
});

test('a LeerID takes no id of an account, by which its owner is let in and blocked', async () => {
	const device = await deskDevice();
	const free = {
		pupilId: 'pupil-free',
		type: 'basic',
		userName: 'noor.vrij',
		passwordKind: 'word'
	};
	const issued = { secretId: 'secret-3', cardId: 'card-3', printRunId: 'run-1' };
	const secrets = { 'secret-3': { kind: 'word', text: 'bos472' } } as const;
	for (const [leerIdId, code] of [
		[administrator.account, 'alreadyExists'],
		['system', 'invalidValue'],
		['school', 'invalidValue'],
		['leerId-free', null]
	] as const) {
		const sent = device.send('leerId.create@1', { ...free, ...issued, leerIdId }, secrets);
		expect(await sent).toBe(code);
	}
});

test('an account takes no id of a LeerID', async () => {
	const device = await administratorsDevice();
	const account = { ...desk, id: child.account, secretId: null };
	expect(await device.send('account.create@1', { account })).toBe('alreadyExists');
});
