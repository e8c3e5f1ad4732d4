import { expect, test, vi } from 'vitest';
import { IDBObjectStore } from 'fake-indexeddb';
import { migrate } from '#lib/domain/kernel/migrations/migrate.ts';
import type { Migration } from '#lib/domain/kernel/migrations/steps.ts';
import { migrations } from '#lib/domain/registry/migrations.ts';
import {
	entry,
	group,
	intercept,
	signature,
	testSettings,
	testVault,
	valueOf,
	type Tab
} from '../test-kit.ts';

/** From 1 to 2: shouts; from 2 to 3: adds a mark. */
const chain: readonly Migration[] = [
	(record) =>
		record.kind === 'group' ? { ...record, name: String(record['name']).toUpperCase() } : record,
	(record) => (record.kind === 'group' ? { ...record, name: `${String(record['name'])}!` } : record)
];
const newer = { ...testSettings, migrations: chain };
const names = ({ replica }: Tab) => [...replica.state.all('group')].map(({ name }) => name).sort();

async function oldVault() {
	const vault = await testVault();
	const tab = await vault.open();
	const puts = Array.from({ length: 200 }, (_, n) => group(`g${n}`, `n${n}`.padEnd(1000, 'x')));
	valueOf(await tab.replica.commit([entry({ puts })], signature));
	valueOf(await tab.replica.fold());
	valueOf(await tab.replica.commit([entry({ puts: [group('late', 'late')] })], signature));
	return { ...vault, old: tab };
}

test('a newer app finds every record as it is to be, once', async () => {
	const { open } = await oldVault();
	const expected = Array.from(
		{ length: 200 },
		(_, n) => `N${n}${'X'.repeat(998 - `${n}`.length + 1)}!`
	);
	for (let times = 0; times < 2; times++) {
		const tab = await open(newer);
		// The outbox is run by today's rules, not migrated.
		expect(names(tab)).toEqual([...expected, 'late'].sort());
		valueOf(await tab.replica.loadHistory());
		expect(tab.replica.state.count('history')).toBe(2);
	}
});

test('a migration that is cut off at any page goes on where it was', async () => {
	const { open, database } = await oldVault();
	const pages = await database().read(['pages'], (tables) => tables.pages.count());
	const expected = names(await (await oldVault()).open(newer));
	let cuts = 0;
	for (;;) {
		let left = 4;
		intercept(IDBObjectStore.prototype, 'put', () => {
			if (left-- <= 0) throw new Error('cut off');
		});
		const opened = await open(newer).catch(() => null);
		vi.restoreAllMocks();
		if (opened) {
			expect(names(opened)).toEqual(expected);
			break;
		}
		cuts++;
	}
	expect(pages).toBeGreaterThan(5);
	expect(cuts).toBeGreaterThan(3);
});

test('an older app that is still open stops, and loses nothing', async () => {
	const { open, old } = await oldVault();
	const troubles: unknown[] = [];
	old.vault.onTrouble(({ code }) => troubles.push(code));
	const { replica } = await open(newer);
	const refused = { ok: false, refusal: { code: 'updateNeeded' } };
	const more = [entry({ puts: [group('more', 'more')] })];
	expect(await old.replica.commit(more, signature)).toEqual(refused);
	expect(await old.replica.fold()).not.toMatchObject({ value: true });
	valueOf(await replica.commit([entry({ puts: [group('newest', 'newest')] })], signature));
	await expect.poll(() => troubles).toEqual(['updateNeeded']);
	await expect(open(testSettings)).rejects.toThrow('updateNeeded');
});

test('a migration may not change an id, by which the record is found', () => {
	const moving: Migration = (record) => ({ ...record, id: 'other' });
	const records = [{ kind: 'group', id: 'a' }];
	expect(() => migrate(records, { from: 1, chain: [moving] })).toThrow('changed an id');
	expect(migrate(records, { from: 2, chain: [moving] })).toEqual(records);
});

test('accounts and schools of before guardians had accounts get their fields, also where an undo brings them back', () => {
	const account = { kind: 'account', id: 'a', userName: 'an', archivedAt: null };
	const history = { kind: 'history', id: 'h', changes: [{ op: 'remove', before: account }] };
	const school = { kind: 'school', id: 's', resetMinutes: 30 };
	const records = [account, history, school, { kind: 'group', id: 'g' }];
	const made = { ...account, guardianId: null, groupIds: [], email: null, secretId: null };
	expect(migrate(records, { from: 1, chain: migrations })).toMatchObject([
		made,
		{ changes: [{ op: 'remove', before: made }] },
		{ failuresBeforeBlock: 10, resetMinutes: 30, applicationManagerName: '' },
		{ kind: 'group', id: 'g' }
	]);
});
