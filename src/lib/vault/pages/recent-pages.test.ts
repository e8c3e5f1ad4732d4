import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnyRecord, RecordKey } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { firstRecentPage } from './pages.ts';
import {
	entry,
	group,
	joinedVault,
	outboxOf,
	pupil,
	recordsOf,
	signature,
	testSettings,
	valueOf,
	type Tab
} from '../test-kit.ts';

const nothing = { puts: [], removes: [], results: [], kept: null, today: '2026-11-21' } as const;

interface Pulled {
	readonly puts?: readonly AnyRecord[];
	readonly removes?: readonly RecordKey[];
}

/** Pulls one after the other, numbered by their cookies. */
function puller(tab: Tab) {
	let cookie: number | null = null;
	return async (pulled: Pulled) => {
		const from = cookie;
		cookie = (cookie ?? 0) + 1;
		valueOf(await outboxOf(tab).pull({ ...nothing, ...pulled, from, cookie }));
	};
}

function history(id: Id): AnyRecord {
	const made = { batch: null, mutation: 'test.change@1', actorId: 'account-1', undoes: null };
	const madeAt = '2026-11-21T13:00:00.000Z';
	return { kind: 'history', id, uid: id, subjectId: 'g', changes: [], madeAt, ...made };
}

async function recentIn(database: Awaited<ReturnType<typeof joinedVault>>['database']) {
	const vault = database();
	const count = await vault.read(['pages'], ({ pages }) =>
		pages
			.where('id')
			.between(firstRecentPage, firstRecentPage + 1000)
			.count()
	);
	vault.close();
	return count;
}

const large = Array.from({ length: 30 }, (_, n) => group(`g${n}`, 'x'.repeat(1000)));

test('a small pull is put behind the pages, and none of them is written anew', async () => {
	const { open, database } = await joinedVault();
	const tab = await open();
	const pull = puller(tab);
	await pull({ puts: large });
	expect(await recentIn(database)).toBe(0);
	await pull({ puts: [group('g1', 'new'), history('h1')], removes: [{ kind: 'group', id: 'g2' }] });
	expect(await recentIn(database)).toBe(2);
	const again = await open();
	expect(again.replica.state.get('group', 'g1')?.name).toBe('new');
	expect(again.replica.state.get('group', 'g2')).toBeUndefined();
	expect(again.replica.state.count('history')).toBe(0);
	valueOf(await again.replica.loadHistory());
	expect(again.replica.state.count('history')).toBe(1);
});

test('what was pulled lately is worked into the pages once it is much', async () => {
	const { open, database } = await joinedVault();
	const tab = await open();
	const pull = puller(tab);
	await pull({ puts: large });
	for (let n = 0; n < 200; n++) {
		await pull({ puts: [group(`g${n % 30}`, `after ${n}`), history(`h${n}`)] });
		expect(await recentIn(database)).toBeLessThanOrEqual(64);
	}
	const again = await open();
	expect(again.replica.state.get('group', 'g19')?.name).toBe('after 199');
	valueOf(await again.replica.loadHistory());
	expect(again.replica.state.count('history')).toBe(200);
});

test('what was pulled lately goes with the scopes that are lost', async () => {
	const { open, database } = await joinedVault();
	const tab = await open();
	const pull = puller(tab);
	await pull({ puts: large });
	await pull({ puts: [pupil('p', 'Jansen')] });
	const kept = new Set(['school/staff']);
	valueOf(await outboxOf(tab).pull({ ...nothing, from: 2, cookie: 3, kept }));
	expect(await recentIn(database)).toBe(0);
	expect(tab.replica.state.count('pupil')).toBe(0);
	expect((await open()).replica.state.count('pupil')).toBe(0);
});

test('what was pulled lately is migrated, and what it removed stays away', async () => {
	const { open } = await joinedVault();
	const tab = await open();
	const pull = puller(tab);
	await pull({ puts: large });
	await pull({ puts: [group('g1', 'old')], removes: [{ kind: 'group', id: 'g2' }] });
	tab.vault.close();
	const renamed = (record: { kind: string; id: string }) => ({ ...record, name: 'migrated' });
	const { state } = (await open({ ...testSettings, migrations: [renamed] })).replica;
	expect(state.get('group', 'g1')?.name).toBe('migrated');
	expect(state.get('group', 'g2')).toBeUndefined();
});

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const pulls = fc.array(
	fc.record({
		puts: fc.uniqueArray(fc.record({ id: ids, length: fc.nat(2000) }), {
			selector: ({ id }) => id,
			maxLength: 4
		}),
		removes: fc.uniqueArray(ids, { maxLength: 2 }),
		commits: fc.boolean()
	}),
	{ maxLength: 12 }
);

test('after any pulls, disk and memory hold the same: the last of each record', async () => {
	await fc.assert(
		fc.asyncProperty(pulls, async (all) => {
			const { open } = await joinedVault();
			const tab = await open();
			const pull = puller(tab);
			await pull({ puts: large });
			const expected = new Map(large.map((record) => [record.id, record]));
			for (const [index, { puts, removes, commits }] of all.entries()) {
				if (commits) valueOf(await tab.replica.commit([entry({ count: ['z', 'x'] })], signature));
				const put = puts.map(({ id, length }) => group(id, `${index}${'x'.repeat(length)}`));
				for (const id of removes) expected.delete(id);
				for (const record of put) expected.set(record.id, record);
				await pull({ puts: put, removes: removes.map((id) => ({ kind: 'group', id })) });
			}
			const groupsIn = ({ replica }: Tab) =>
				[...replica.state.all('group')].filter(({ id }) => id !== 'z');
			const byId = (records: readonly AnyRecord[]) =>
				records.toSorted((one, other) => one.id.localeCompare(other.id));
			expect(byId(groupsIn(tab))).toEqual(byId([...expected.values()]));
			const again = await open();
			expect(recordsOf(again.replica.state)).toEqual(recordsOf(tab.replica.state));
		}),
		{ numRuns: 60 }
	);
}, 60_000);
