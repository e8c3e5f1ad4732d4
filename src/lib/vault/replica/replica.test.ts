import { expect, test, vi } from 'vitest';
import type { Change } from '#lib/domain/registry/state.ts';
import {
	entry,
	group,
	mutation,
	pupil,
	recordsOf,
	signature,
	testRules,
	testSettings,
	testVault,
	valueOf,
	type Tab
} from '../test-kit.ts';

const names = ({ replica }: Tab) => [...replica.state.all('group')].map(({ name }) => name).sort();
const put = (id: string, name = id) => entry({ puts: [group(id, name)] });

test('a commit is on the disk before it is shown, and tells what changed', async () => {
	const { open } = await testVault();
	const tab = await open();
	const told: unknown[] = [];
	tab.replica.subscribe(({ version, kinds }) => told.push(version, [...(kinds ?? [])].sort()));
	const committing = tab.replica.commit([put('a')], signature);
	expect(names(tab)).toEqual([]);
	valueOf(await committing);
	expect(names(tab)).toEqual(['a']);
	expect(told).toEqual([1, ['group', 'history']]);
	expect(names(await open())).toEqual(['a']);
});

test('a bulk commit is all or nothing, and each mutation sees those before it', async () => {
	const { open } = await testVault();
	const tab = await open();
	const key = { kind: 'group', id: 'a' } as const;
	const good = [put('a'), entry({ expect: key, puts: [group('b', 'b')] })];
	const bad = entry({ expect: { kind: 'group', id: 'zzz' } });
	expect(await tab.replica.commit([...good, bad], signature)).toEqual({
		ok: false,
		refusal: { code: 'notFound', kind: 'group', id: 'zzz', index: 2 }
	});
	expect(names(tab)).toEqual([]);
	expect(tab.replica.waiting.length).toBe(0);
	valueOf(await tab.replica.commit(good, signature));
	expect(names(tab)).toEqual(['a', 'b']);
	expect(names(await open())).toEqual(['a', 'b']);
});

test('a mutation over the limit is refused, and one just under it is not', async () => {
	const { open } = await testVault();
	const { replica } = await open();
	const sized = (size: number) => entry({ puts: [group('a', 'é'.repeat(size / 2))] });
	expect(await replica.commit([sized(256_000)], signature)).toMatchObject({
		refusal: { code: 'mutationTooLarge', index: 0 }
	});
	valueOf(await replica.commit([sized(255_000)], signature));
});

test('five thousand mutations at once keep their order', async () => {
	const { open } = await testVault();
	const tab = await open();
	const letters = Array.from({ length: 5000 }, (_, n) => String.fromCharCode(97 + (n % 26)));
	const entries = letters.map((letter) => entry({ count: ['a', letter] }));
	valueOf(await tab.replica.commit(entries, signature));
	expect(names(tab)).toEqual([letters.join('')]);
	expect(names(await open())).toEqual([letters.join('')]);
});

test('a tab that was behind runs the rules again before it writes', async () => {
	const { open } = await testVault();
	const [one, other] = [await open(), await open()];
	valueOf(await one.replica.commit([entry({ count: ['a', 'x'] })], signature));
	// The other tab has not been told yet: its turn comes first.
	valueOf(await other.replica.commit([entry({ count: ['a', 'y'] })], signature));
	expect(names(other)).toEqual(['xy']);
	await expect.poll(() => names(one)).toEqual(['xy']);
});

test('a tab that was behind is refused by what the other tab did', async () => {
	const { open } = await testVault();
	const [one, other] = [await open(), await open()];
	const key = { kind: 'group', id: 'a' } as const;
	valueOf(await one.replica.commit([put('a')], signature));
	valueOf(await other.replica.catchUp());
	valueOf(await one.replica.commit([entry({ removes: [key] })], signature));
	// Not told yet; and of two at the same moment, either may be first.
	const needing = other.replica.commit(
		[entry({ expect: key, puts: [group('b', 'b')] })],
		signature
	);
	expect(await needing).toMatchObject({ ok: false, refusal: { code: 'notFound', index: 0 } });
	expect(names(await open())).toEqual([]);
});

test('a tab that slept through changes and a fold catches up', async () => {
	const { open } = await testVault();
	const [awake, asleep] = [await open(), await open()];
	valueOf(await awake.replica.commit([put('a')], signature));
	valueOf(await awake.replica.fold());
	valueOf(await asleep.replica.commit([put('b')], signature));
	expect(names(asleep)).toEqual(['a', 'b']);
	expect(names(await open())).toEqual(['a', 'b']);
});

test('a fold of a tab that is behind takes nothing back', async () => {
	const { open } = await testVault();
	const [one, other] = [await open(), await open()];
	valueOf(await one.replica.commit([entry({ count: ['a', 'x'] })], signature));
	valueOf(await other.replica.catchUp());
	valueOf(await one.replica.commit([entry({ count: ['a', 'y'] })], signature));
	valueOf(await one.replica.fold());
	await other.replica.fold();
	expect(names(await open())).toEqual(['xy']);
});

test('commits go on while a fold is under way, and none is lost', async () => {
	const { open } = await testVault();
	const tab = await open();
	valueOf(await tab.replica.commit([entry({ count: ['a', 'x'] })], signature));
	const folding = tab.replica.fold();
	valueOf(await tab.replica.commit([entry({ count: ['a', 'y'] })], signature));
	expect(valueOf(await folding)).toBe(true);
	valueOf(await tab.replica.commit([entry({ count: ['a', 'z'] })], signature));
	expect(names(tab)).toEqual(['xyz']);
	expect(tab.replica.waiting.length).toBe(2);
	expect(names(await open())).toEqual(['xyz']);
});

test('a fold empties the outbox and changes nothing that is shown', async () => {
	const { open, database } = await testVault();
	const tab = await open();
	const many = Array.from({ length: 3000 }, (_, n) => pupil(`p${n}`, `Jansen ${'x'.repeat(100)}`));
	valueOf(await tab.replica.commit([entry({ puts: many.slice(0, 900) })], signature));
	valueOf(await tab.replica.commit([entry({ puts: many.slice(900, 1800) })], signature));
	valueOf(await tab.replica.fold());
	valueOf(await tab.replica.commit([entry({ puts: many.slice(1800, 2700) })], signature));
	const key = { kind: 'pupil', id: 'p3' } as const;
	valueOf(await tab.replica.commit([entry({ removes: [key] })], signature));
	const before = recordsOf(tab.replica.state);
	expect(valueOf(await tab.replica.fold())).toBe(true);
	expect(valueOf(await tab.replica.fold())).toBe(false);
	expect(tab.replica.waiting.length).toBe(0);
	expect(recordsOf(tab.replica.state)).toEqual(before);
	const raw = database();
	const [rows, pages] = await raw.read(['outbox', 'pages'], async ({ outbox, pages }) => [
		await outbox.count(),
		await pages.toArray()
	]);
	raw.close();
	expect(rows).toBe(0);
	expect(pages.length).toBeGreaterThan(10);
	for (const { sealed } of pages) expect(sealed.length).toBeLessThan(100_000);
	const again = await open();
	valueOf(await again.replica.loadHistory());
	expect(recordsOf(again.replica.state)).toEqual(before);
});

test('history is read when asked for, and by itself for an undo', async () => {
	const { open } = await testVault();
	const first = await open();
	const made = put('a');
	valueOf(await first.replica.commit([made, put('b')], signature));
	valueOf(await first.replica.fold());
	const tab = await open();
	expect(tab.replica.historyLoaded).toBe(false);
	expect(tab.replica.state.count('history')).toBe(0);
	const undone = await tab.replica.commit([entry({ undo: made.mutation.uid })], signature);
	expect(valueOf(undone).changes[0]?.removes).toEqual([{ kind: 'group', id: 'a' }]);
	expect(tab.replica.historyLoaded).toBe(true);
	expect(tab.replica.state.count('history')).toBe(3);
	// The undo waits in the outbox: opening must read history before it runs it again.
	expect(names(await open())).toEqual(['b']);
	await expect.poll(() => names(first)).toEqual(['b']);
});

test('locking empties every tab, and ends what comes after', async () => {
	const { open } = await testVault();
	const [one, other] = [await open(), await open()];
	valueOf(await one.replica.commit([put('a')], signature));
	await expect.poll(() => names(other)).toEqual(['a']);
	const told = vi.fn();
	other.vault.onLock(told);
	one.vault.lock();
	await expect.poll(() => other.vault.locked).toBe(true);
	expect(told).toHaveBeenCalledOnce();
	for (const { replica, vault } of [one, other]) {
		expect(recordsOf(replica.state)).toEqual({});
		expect(vault.handover).toBeNull();
		const locked = { ok: false, refusal: { code: 'locked' } };
		expect(await replica.commit([put('b')], signature)).toEqual(locked);
		expect(await replica.fold()).toEqual(locked);
		expect(await replica.secrets(['s'])).toEqual(locked);
	}
	expect(names(await open())).toEqual(['a']);
});

test('an outbox that a newer app filled asks for the newer app', async () => {
	const { open } = await testVault();
	const tab = await open();
	valueOf(await tab.replica.commit([{ mutation: mutation({}, 'test.later@2') }], signature));
	const older = {
		...testSettings,
		rules: { ...testRules, knows: (n: string) => n !== 'test.later@2' }
	};
	await expect(open(older)).rejects.toThrow('updateNeeded');
});

test('a replay runs with the actor and the date of then', async () => {
	const seen: unknown[] = [];
	const rules = {
		...testRules,
		run(...args: Parameters<typeof testRules.run>): ReturnType<typeof testRules.run> {
			seen.push(args[2].today, args[2].actor.rights);
			return testRules.run(...args);
		}
	};
	const { open } = await testVault(undefined, { ...testSettings, rules });
	const tab = await open();
	valueOf(await tab.replica.commit([put('a')], { ...signature, today: '2025-01-01' }));
	seen.length = 0;
	await open();
	expect(seen).toEqual(['2025-01-01', ['leerId']]);
});

test('a commit that landed while its answer was lost is not done twice', async () => {
	const { open } = await testVault();
	const tab = await open();
	const one = entry({ count: ['a', 'x'] });
	const twin = await open();
	valueOf(await twin.replica.commitEntries([one]));
	const again: Change[] = [...valueOf(await tab.replica.commitEntries([one])).changes];
	expect(again).toHaveLength(1);
	expect(names(await open())).toEqual(['x']);
});
