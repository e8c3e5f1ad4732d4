import { IDBDatabase, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Scope } from '#lib/domain/registry/scopes.ts';
import {
	entry,
	group,
	intercept,
	joinedVault,
	outboxOf,
	pupil,
	signature,
	testVault,
	valueOf,
	type Tab
} from './test-kit.ts';

afterEach(() => vi.restoreAllMocks());

/**
 * Lets so many steps pass, a step being a request to IndexedDB, a transaction's start, or a call
 * to WebCrypto; then the process is dead: the open transaction aborts, and nothing works any more.
 */
function dieAfter(steps: number): { readonly died: () => boolean } {
	let left = steps;
	let dead = false;
	const step = (abort?: () => void) => {
		if (!dead && left-- > 0) return;
		if (!dead) abort?.();
		dead = true;
		throw new Error('the process is dead');
	};
	for (const method of ['add', 'put', 'delete', 'get', 'getAll'] as const) {
		intercept(IDBObjectStore.prototype, method, (store) => step(() => store.transaction.abort()));
	}
	intercept(IDBDatabase.prototype, 'transaction', () => step());
	for (const method of ['encrypt', 'decrypt'] as const) {
		const real = crypto.subtle[method].bind(crypto.subtle);
		vi.spyOn(crypto.subtle, method).mockImplementation(async (...args) => {
			step();
			return real(...args);
		});
	}
	return { died: () => dead };
}

const letter = (name: string) => entry({ count: ['a', name] });
const shown = ({ replica }: Tab) => replica.state.get('group', 'a')?.name ?? '';

/** The steps of a person; each is done once the screen shows it. */
const work: readonly ((tab: Tab) => Promise<unknown>)[] = [
	({ replica }) => replica.commit([letter('b')], signature),
	({ replica }) => replica.commit([letter('c'), letter('d')], signature),
	({ replica }) => replica.fold(),
	({ replica }) => replica.commit([letter('e')], signature),
	({ replica }) => replica.loadHistory(),
	({ replica }) => replica.fold(),
	({ replica }) => replica.commit([letter('f')], signature)
];

test('a process that ends at any step leaves what was shown, and never half of it', async () => {
	let steps = 0;
	for (let finished = false; !finished; steps++) {
		const { open } = await testVault();
		const tab = await open();
		valueOf(await tab.replica.commit([letter('a')], signature));
		const fate = dieAfter(steps);
		for (const step of work) {
			if (fate.died()) break;
			await step(tab).catch(() => undefined);
		}
		finished = !fate.died();
		const before = shown(tab);
		vi.restoreAllMocks();
		tab.vault.close();
		const after = shown(await open());
		expect(['a', 'ab', 'abcd', 'abcde', 'abcdef']).toContain(after);
		expect(after.startsWith(before), `${before} was shown, ${after} was left`).toBe(true);
		// The step under way may have landed, but nothing after it.
		expect(after.length - before.length).toBeLessThanOrEqual(2);
	}
	expect(steps).toBeGreaterThan(30);
}, 30_000);

test('a fold that is cut off at any step can be done again', async () => {
	let steps = 0;
	for (let finished = false; !finished; steps++) {
		const { open } = await testVault();
		const tab = await open();
		const many = Array.from({ length: 40 }, (_, n) => group(`g${n}`, 'x'.repeat(3000)));
		const kept = { kind: 'word', text: 'zal659' } as const;
		valueOf(
			await tab.replica.commit([letter('a'), entry({ puts: many }, { s1: kept })], signature)
		);
		valueOf(await tab.replica.commit([letter('b')], signature));
		const fate = dieAfter(steps);
		await tab.replica.fold().catch(() => undefined);
		finished = !fate.died();
		vi.restoreAllMocks();
		tab.vault.close();
		const again = await open();
		expect(shown(again)).toBe('ab');
		expect(again.replica.state.count('group')).toBe(41);
		valueOf(await again.replica.fold());
		valueOf(await again.replica.loadHistory());
		expect(again.replica.state.count('history')).toBe(3);
		expect(valueOf(await again.replica.secrets(['s1'])).get('s1')).toEqual(kept);
		expect(again.replica.waiting.length).toBe(0);
	}
	expect(steps).toBeGreaterThan(8);
}, 30_000);

/** Where a vault with a server stands: the two must fit together at any moment. */
async function standing(tab: Tab) {
	const outbox = outboxOf(tab);
	const sent = valueOf(await outbox.outgoing({ after: 0, count: 10, bytes: 1e6 }));
	const refused = valueOf(await outbox.refused());
	expect(refused).toHaveLength(tab.replica.refused);
	return JSON.stringify([
		sent.cookie,
		sent.mutations.map(({ number, mutation }) => [number, mutation.args]),
		refused.map(({ mutation, secrets }) => [mutation.args, secrets]),
		shown(tab),
		[...tab.replica.state.all('pupil')].map(({ id }) => id).sort()
	]);
}

/** Some of all that a pull can change: records, scopes, the outbox, what was refused, passwords. */
async function pullSome(tab: Tab, kept: ReadonlySet<Scope> | null) {
	const [one, two, three] = tab.replica.waiting.map(({ mutation }) => mutation.uid);
	const puts: AnyRecord[] = [pupil('q', 'Pieters'), group('a', 'theirs-')];
	return outboxOf(tab).pull({
		from: 1,
		cookie: 2,
		puts,
		removes: [{ kind: 'group', id: 'b' }],
		results: [
			{ uid: one ?? '', refusal: null },
			{ uid: two ?? '', refusal: { code: 'notAllowed' } },
			{ uid: three ?? '', refusal: null }
		],
		kept,
		today: '2026-11-21'
	});
}

test.each([
	['', null],
	[' and takes scopes away', new Set(['school/staff'])]
])(
	'a pull%s that is cut off at any step leaves the old or the new',
	async (_, kept) => {
		const outcomes = new Set<string>();
		let steps = 0;
		for (let finished = false; !finished; steps++) {
			const { open } = await joinedVault();
			const tab = await open();
			const first = { from: null, cookie: 1, results: [], removes: [], kept: null };
			// So large that the other pull is small beside it.
			const many = Array.from({ length: 9 }, (_, n) => group(`g${n}`, 'x'.repeat(9000)));
			const puts = [pupil('p', 'Jansen'), group('b', 'b'), ...many];
			valueOf(await outboxOf(tab).pull({ ...first, puts, today: '2026-11-20' }));
			const password = { kind: 'word', text: 'zal659' } as const;
			const entries = [
				letter('x'),
				entry({ count: ['a', 'y'] }, { s1: password }),
				letter('z'),
				letter('!')
			];
			valueOf(await tab.replica.commit(entries, signature));
			const before = await standing(tab);
			const fate = dieAfter(steps);
			await pullSome(tab, kept).catch(() => undefined);
			finished = !fate.died();
			vi.restoreAllMocks();
			tab.vault.close();
			const again = await open();
			const after = await standing(again);
			outcomes.add(after);
			if (after === before) valueOf(await pullSome(again, kept));
			outcomes.add(await standing(again));
			expect(outcomes).toContain(before);
		}
		// As it was, or as it was to be; whatever the step.
		expect(outcomes.size).toBe(2);
		expect(steps).toBeGreaterThan(8);
	},
	30_000
);

test('a refused mutation that is tried again is in one place, at any step', async () => {
	let steps = 0;
	for (let finished = false; !finished; steps++) {
		const { open } = await joinedVault();
		const tab = await open();
		const bad = letter('x');
		valueOf(await tab.replica.commit([bad], signature));
		const results = [{ uid: bad.mutation.uid, refusal: { code: 'notAllowed' } as const }];
		const nothing = { removes: [], puts: [], kept: null, today: '2026-11-21' };
		valueOf(await outboxOf(tab).pull({ ...nothing, from: null, cookie: 1, results }));
		const fate = dieAfter(steps);
		await outboxOf(tab)
			.retry([bad.mutation.uid], signature)
			.catch(() => undefined);
		finished = !fate.died();
		vi.restoreAllMocks();
		tab.vault.close();
		const { replica } = await open();
		expect([replica.waiting.length, replica.refused].sort()).toEqual([0, 1]);
	}
	expect(steps).toBeGreaterThan(8);
}, 30_000);
