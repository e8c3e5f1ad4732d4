import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorFor } from '#lib/domain/accounts/actors.ts';
import { undoOutcome } from '#lib/domain/history/undo-plan.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { maySee, scopesFor } from '#lib/domain/registry/scopes.ts';
import { SchoolState } from '#lib/domain/registry/state.ts';
import { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import type { App } from '../server/support/app.ts';
import { Browser } from '../server/support/browser.ts';
import { bringUp } from '#lib/domain/registry/migrations.ts';
import { accounts, idOf, passwords, schoolId, type AccountName } from './support/cast.ts';
import { Device, platformOf, unlocked, valueOf } from './support/device.ts';
import { browserWith } from './support/dump.ts';
import { contentsAt, onPostgres, onSqlite, type PutBack } from './support/endpoint.ts';
import { readGoldenJson } from './support/files.ts';
import { allOf, kindsIn, sorted } from './support/kinds.ts';
import { contentsOf } from './support/server.ts';
import { asNow, notOfToday, type GoldenServer, type GoldenVault } from './support/shapes.ts';
import { Visitor } from './support/visitor.ts';

const postgres = await onPostgres('1/server-postgres.sql.gz');
const sqlite = await onSqlite('1/server.sqlite.gz');
const backup = await onSqlite('1/backup.sqlite.gz', true);
const putBack: readonly (PutBack | undefined)[] = [postgres, sqlite, backup];
afterAll(async () => {
	for (const each of putBack) await each?.remove();
});

const databases: readonly (readonly [string, PutBack | undefined, string])[] = [
	['a SQLite file', sqlite, '1/server.json.gz'],
	['a dump of PostgreSQL', postgres, '1/server-postgres.json.gz'],
	['a backup', backup, '1/backup.json.gz']
];

async function administratorsDevice(app: App) {
	const golden = readGoldenJson('1/vault-administrator.json') as GoldenVault;
	const platform = platformOf(await browserWith(golden.dump), () => app.now.getTime());
	return { golden, platform };
}

async function recordsAt({ endpoint }: App): Promise<readonly AnyRecord[]> {
	return (await contentsOf(endpoint.store)).records.map(bringUp);
}

function idsOf(records: readonly AnyRecord[]): ReadonlySet<Id> {
	return new Set(records.map(({ id }) => id));
}

// Where no PostgreSQL is found, its tests say that they are left out.
describe.each(databases)('%s of a server', (_, database, path) => {
	const golden = readGoldenJson(path) as GoldenServer;
	let app: App;
	let found: Awaited<ReturnType<typeof contentsAt>>;
	beforeAll(async () => {
		if (!database) return;
		found = await contentsAt(database.place);
		app = await database.start(golden.at);
	});
	afterAll(() => app?.stop());

	test.skipIf(!database)('holds what it held, and its audit log is whole', () => {
		expect(found.records).toEqual(sorted(asNow(golden.records, golden.version)));
		expect(notOfToday(found.records)).toEqual([]);
		expect(found.rows).toMatchObject(golden.rows);
		expect(found.audit).toEqual({ ...golden.audit, fault: null });
		expect(found.mutations).toEqual(golden.mutations);
	});

	test.skipIf(!database)('lets everybody in with the password that they have', async () => {
		for (const name of Object.keys(accounts) as AccountName[]) {
			const { userName } = accounts[name];
			const typed = { school: schoolId, userName, password: passwords[name] };
			const device = { vault: null, deviceName: 'Chrome', keyed: true };
			const { status } = await new Browser(app).post('/api/session', { ...typed, ...device });
			expect([name, status]).toEqual([name, 200]);
		}
	});

	test.skipIf(!database)('gives a device of today all that its account may see', async () => {
		const visitor = await Visitor.arrive(app, 'administrator', passwords.administrator);
		await visitor.sync();
		const { device } = visitor;
		valueOf(await device.replica.loadHistory());
		const records = await recordsAt(app);
		const state = new SchoolState(records);
		const actor = actorFor(accounts.administrator.id, state, device.today);
		if (!actor) throw new Error('Nobody');
		const held = scopesFor(actor, state, device.today);
		expect(allOf(device.replica.state)).toEqual(
			sorted(records.filter((record) => maySee(held, record)))
		);
		await device.close();
	});
});

describe('a server and a device of then', () => {
	const { at } = readGoldenJson('1/server.json.gz') as GoldenServer;
	let app: App;
	let place: PutBack;
	beforeAll(async () => {
		place = await onSqlite('1/server.sqlite.gz');
		app = await place.start(at);
	});
	afterAll(async () => {
		await app.stop();
		await place.remove();
	});

	test('has a record of every kind', async () => {
		const found = new Set((await recordsAt(app)).map(({ kind }) => kind));
		expect(kindsIn(1).filter((kind) => !found.has(kind))).toEqual([]);
	});

	test('go on where they were: what waited arrives, and both undo it', async () => {
		const { golden, platform } = await administratorsDevice(app);
		const device = await unlocked(
			platform,
			accounts.administrator.userName,
			passwords.administrator
		);
		const browser = new Browser(app);
		browser.cookie = golden.cookie;
		expect(await device.sync(browser)).toEqual({ kind: 'done' });
		expect(device.replica.waiting).toEqual([]);
		expect(device.replica.refused).toBe(golden.refused.length);
		const settings = async () =>
			new SchoolState(await recordsAt(app)).get('school', schoolId)?.resetMinutes;
		expect(await settings()).toBe(45);
		const [first] = golden.waiting;
		await device.make('change.undo@1', { uid: first?.mutation.uid ?? '', except: [] });
		expect(await device.sync(browser)).toEqual({ kind: 'done' });
		expect(device.replica.refused).toBe(golden.refused.length);
		expect(await settings()).toBe(60);
		await device.close();
	});

	test('an import of then is undone, as a whole', async () => {
		const visitor = await Visitor.arrive(app, 'administrator', passwords.administrator);
		await visitor.sync();
		const { device } = visitor;
		valueOf(await device.replica.loadHistory());
		const batch = idOf('batch/import/here');
		const { changes } = undoOutcome(device.replica.state, batch, accounts.administrator.id);
		expect(changes.length).toBeGreaterThan(0);
		expect(idsOf(await recordsAt(app))).toContain(idOf('group/4'));
		for (const args of changes) await device.make('change.undo@1', args);
		await visitor.sync();
		expect(device.replica.refused).toBe(0);
		expect(idsOf(await recordsAt(app))).not.toContain(idOf('group/4'));
		await device.close();
	});

	test('the key that it keeps of a vault opens that vault', async () => {
		const { platform } = await administratorsDevice(app);
		const vaults = new DeviceVaults(platform);
		const { id: accountId, userName } = accounts.administrator;
		const vault = await vaults.joined.find(schoolId, { accountId });
		const typed = { school: schoolId, userName, password: passwords.administrator };
		const asked = { ...typed, vault, deviceName: 'Chrome', keyed: true };
		const { body } = await new Browser(app).post('/api/session', asked);
		const [kept] = (body as { keys: readonly { vault: Id; key: string }[] }).keys;
		const account = { accountId, userName, displayName: '' };
		const joined = { schoolId, schoolName: '', account, offline: null };
		const opened = await vaults.joined.reopen(kept?.vault ?? '', kept?.key ?? '', joined);
		const device = await Device.open({ vaults, vault: valueOf(opened), platform });
		expect(device.replica.waiting.length).toBeGreaterThan(0);
		await device.close();
	});
});

test('a device sends a restored backup again what came after it', async () => {
	const { at } = readGoldenJson('1/server.json.gz') as GoldenServer;
	const place = await onSqlite('1/backup.sqlite.gz', true);
	const app = await place.start(at);
	const { platform } = await administratorsDevice(app);
	const device = await unlocked(platform, accounts.administrator.userName, passwords.administrator);
	expect(idsOf(await recordsAt(app))).not.toContain(idOf('group/4'));
	const browser = new Browser(app);
	const { userName } = accounts.administrator;
	const typed = { school: schoolId, userName, password: passwords.administrator };
	const asked = { ...typed, vault: device.vault.vaultId, deviceName: 'Chrome', keyed: true };
	expect((await browser.post('/api/session', asked)).status).toBe(200);
	await device.vault.sessionKey.keep(browser.key);
	expect(await device.sync(browser)).toEqual({ kind: 'done' });
	expect(device.replica.waiting).toEqual([]);
	expect(idsOf(await recordsAt(app))).toContain(idOf('group/4'));
	await device.close();
	await app.stop();
	await place.remove();
});
