import { expect, test } from 'vitest';
import type { Refusal } from '#lib/domain/registry/refusal.ts';
import type { Entry } from '../pages/entry.ts';
import {
	entry,
	group,
	joinedVault,
	outboxOf,
	settled,
	signature,
	testPlatform,
	valueOf,
	type Tab
} from '../test-kit.ts';

const everything = { after: 0, count: 500, bytes: 1_000_000 };
const notAllowed: Refusal = { code: 'notAllowed' };
const letter = (name: string) => entry({ count: ['a', name] });
const shown = ({ replica }: Tab) => replica.state.get('group', 'a')?.name ?? '';
const outgoing = async (tab: Tab, limits = {}) =>
	valueOf(await outboxOf(tab).outgoing({ ...everything, ...limits }));
const refusedOf = async (tab: Tab) => valueOf(await outboxOf(tab).refused());

/** Brings the answers to these, in a pull that changes nothing else. */
async function answer(tab: Tab, results: readonly { uid: string; refusal: Refusal | null }[]) {
	const { cookie } = await outgoing(tab);
	const patch = { cookie: Number(cookie) + 1, removes: [], puts: [], kept: null };
	valueOf(await outboxOf(tab).pull({ ...patch, from: cookie, results, today: '2026-11-21' }));
}

const refusals = (...entries: readonly Entry[]) =>
	entries.map(({ mutation }) => ({ uid: mutation.uid, refusal: notAllowed }));

test('mutations go out in order, numbered from 1, with their passwords', async () => {
	const { open } = await joinedVault();
	const tab = await open();
	const secret = { kind: 'word', text: 'zal659' } as const;
	const entries = [letter('x'), entry({ count: ['a', 'y'] }, { s1: secret }), letter('z')];
	valueOf(await tab.replica.commit(entries.slice(0, 2), signature));
	valueOf(await tab.replica.commit(entries.slice(2), signature));
	const sent = await outgoing(tab);
	expect(sent).toMatchObject({ confirmed: 0, cookie: null, unsent: false });
	expect(sent.mutations.map(({ number, mutation }) => [number, mutation.uid])).toEqual(
		entries.map(({ mutation }, at) => [at + 1, mutation.uid])
	);
	expect(sent.mutations.map(({ secrets }) => secrets)).toEqual([
		undefined,
		{ s1: secret },
		undefined
	]);
});

test('numbers stay with their mutations, whatever settles, locks or is added', async () => {
	const { open } = await joinedVault();
	let tab = await open();
	const entries = ['u', 'v', 'w', 'x'].map(letter);
	valueOf(await tab.replica.commit(entries, signature));
	const numbers = async () =>
		(await outgoing(tab)).mutations.map(({ number, mutation }) => [mutation.uid, number]);
	const before = await numbers();
	const [first, second] = entries;
	if (!first || !second) return;
	await answer(tab, [...settled(first), ...refusals(second)]);
	expect(await numbers()).toEqual(before.slice(2));
	tab.vault.lock();
	tab = await open();
	valueOf(await tab.replica.commit([letter('y')], signature));
	expect((await numbers()).slice(0, 2)).toEqual(before.slice(2));
	expect((await outgoing(tab)).mutations.at(-1)?.number).toBe(5);
});

test('a batch holds as many as asked, or as fit, and says that more waits', async () => {
	const { open } = await joinedVault();
	const tab = await open();
	const puts = [group('fat', 'x'.repeat(10_000))];
	valueOf(await tab.replica.commit([entry({ puts }), entry({ puts }), letter('z')], signature));
	const numbers = async (limits: object) => {
		const { mutations, unsent } = await outgoing(tab, limits);
		return [mutations.map(({ number }) => number), unsent];
	};
	expect(await numbers({ count: 2 })).toEqual([[1, 2], true]);
	expect(await numbers({ bytes: 15_000 })).toEqual([[1], true]);
	// A mutation larger than a batch still goes, by itself.
	expect(await numbers({ bytes: 100 })).toEqual([[1], true]);
	expect(await numbers({ after: 2 })).toEqual([[3], false]);
	expect(await numbers({ after: 3 })).toEqual([[], false]);
});

test('what another tab has settled is not sent under its numbers', async () => {
	const { open } = await joinedVault();
	const [one, other] = [await open(), await open()];
	const entries = ['x', 'y'].map(letter);
	valueOf(await one.replica.commit(entries, signature));
	valueOf(await other.replica.catchUp());
	await answer(other, settled(...entries.slice(0, 1)));
	const sent = await outgoing(one);
	expect(sent.mutations.map(({ number, mutation }) => [number, mutation.uid])).toEqual([
		[2, entries[1]?.mutation.uid]
	]);
});

test('a refused mutation is kept as it was typed, with its reason, through a lock', async () => {
	const { open, platform } = await joinedVault();
	const tab = await open();
	const secrets = { s1: { kind: 'word', text: 'zal659' } } as const;
	const [bad, good] = [entry({ count: ['a', 'x'] }, secrets), letter('y')];
	valueOf(await tab.replica.commit([bad, good], signature));
	await answer(tab, [...refusals(bad), ...settled(good)]);
	expect(shown(tab)).toBe('');
	tab.vault.lock();
	const again = await open();
	expect(again.replica.refused).toBe(1);
	expect(await refusedOf(again)).toEqual([
		{ ...bad, refusal: notAllowed, at: new Date(platform.now()).toISOString() }
	]);
	expect(again.replica.waiting).toEqual([]);
});

test('tried again, it is a new mutation at the end, with what was typed and its passwords', async () => {
	const { open } = await joinedVault();
	let tab = await open();
	const secrets = { s1: { kind: 'word', text: 'zal659' } } as const;
	const bad = entry({ count: ['a', 'x'] }, secrets);
	valueOf(await tab.replica.commit([bad], signature));
	await answer(tab, refusals(bad));
	tab.vault.lock();
	tab = await open();
	valueOf(await tab.replica.commit([letter('y')], signature));
	valueOf(await outboxOf(tab).retry([bad.mutation.uid], signature));
	for (const each of [tab, await open()]) {
		expect(shown(each)).toBe('yx');
		expect(each.replica.refused).toBe(0);
		const last = (await outgoing(each)).mutations.at(-1);
		expect(last).toMatchObject({ number: 3, secrets, mutation: { args: bad.mutation.args } });
		expect(last?.mutation.uid).not.toBe(bad.mutation.uid);
	}
	// It can be tried once.
	valueOf(await outboxOf(tab).retry([bad.mutation.uid], signature));
	expect(shown(tab)).toBe('yx');
});

test('what the rules still refuse is not sent again, and stays', async () => {
	const { open } = await joinedVault();
	const tab = await open();
	const key = { kind: 'group', id: 'gone' } as const;
	valueOf(await tab.replica.commit([entry({ puts: [group('gone', '')] })], signature));
	const [bad] = [entry({ expect: key, count: ['a', 'x'] })];
	valueOf(await tab.replica.commit([bad], signature));
	const [first] = tab.replica.waiting;
	await answer(tab, [{ uid: first?.mutation.uid ?? '', refusal: null }, ...refusals(bad)]);
	const tried = await outboxOf(tab).retry([bad.mutation.uid], signature);
	expect(tried).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
	expect(tab.replica.refused).toBe(1);
	expect(tab.replica.waiting).toEqual([]);
});

test('thrown away, it is gone; the others stay', async () => {
	const { open } = await joinedVault();
	const tab = await open();
	const entries = ['x', 'y', 'z'].map(letter);
	valueOf(await tab.replica.commit(entries, signature));
	await answer(tab, refusals(...entries));
	valueOf(await outboxOf(tab).discard([entries[1]?.mutation.uid ?? '', 'nobody']));
	for (const each of [tab, await open()]) {
		expect((await refusedOf(each)).map(({ mutation }) => mutation.uid)).toEqual([
			entries[0]?.mutation.uid,
			entries[2]?.mutation.uid
		]);
		expect(each.replica.refused).toBe(2);
	}
});

test('renumbered, the outbox starts from 1 as another client, with the same uids', async () => {
	const { open } = await joinedVault();
	const tab = await open();
	const entries = ['x', 'y', 'z'].map(letter);
	valueOf(await tab.replica.commit(entries, signature));
	await answer(tab, settled(...entries.slice(0, 1)));
	const before = await outgoing(tab);
	valueOf(await outboxOf(tab).renumber(before.clientId));
	const after = await outgoing(await open());
	expect(after.clientId).not.toBe(before.clientId);
	expect(after.confirmed).toBe(0);
	expect(after.mutations.map(({ number, mutation }) => [number, mutation.uid])).toEqual(
		entries.map(({ mutation }, at) => [at + 1, mutation.uid])
	);
	// Another tab that was told the same does not do it once more.
	valueOf(await outboxOf(tab).renumber(before.clientId));
	expect((await outgoing(tab)).clientId).toBe(after.clientId);
});

test('what is set aside leaves the outbox without a number, and those behind it move up', async () => {
	const { open } = await joinedVault();
	const tab = await open();
	const entries = ['x', 'y', 'z'].map(letter);
	valueOf(await tab.replica.commit(entries, signature));
	const refusal = { code: 'invalidValue', field: 'args' } as const;
	valueOf(await outboxOf(tab).setAside(entries[1]?.mutation.uid ?? '', refusal));
	expect(shown(tab)).toBe('xz');
	const sent = (await outgoing(tab)).mutations;
	expect(sent.map(({ number, mutation }) => [number, mutation.uid])).toEqual([
		[1, entries[0]?.mutation.uid],
		[2, entries[2]?.mutation.uid]
	]);
	expect(await refusedOf(await open())).toMatchObject([{ refusal }]);
});

test('what was sent lately goes again after a renumbering, before what waits, without passwords', async () => {
	const platform = testPlatform();
	const { open } = await joinedVault(platform);
	let tab = await open();
	const secrets = { s1: { kind: 'word', text: 'zal659' } } as const;
	const old = letter('o');
	const sent = [entry({ count: ['a', 'x'] }, secrets), letter('y')];
	const bad = letter('!');
	const commit = async (...entries: Entry[]) =>
		valueOf(await tab.replica.commit(entries, signature));
	await commit(old);
	await answer(tab, settled(old));
	platform.clock += 8 * 24 * 60 * 60 * 1000;
	await commit(...sent, bad);
	await answer(tab, [...settled(...sent), ...refusals(bad)]);
	await commit(letter('z'));
	const before = await outgoing(tab);
	expect(before.mutations.map(({ number }) => number)).toEqual([5]);
	valueOf(await outboxOf(tab).renumber(before.clientId));
	for (const each of [tab, await open()]) {
		const after = await outgoing(each);
		expect(after.mutations).toMatchObject([
			{ number: 1, mutation: { uid: sent[0]?.mutation.uid } },
			{ number: 2, mutation: { uid: sent[1]?.mutation.uid } },
			{ number: 3, mutation: { uid: before.mutations[0]?.mutation.uid } }
		]);
		expect(after.mutations[0]?.secrets).toBeUndefined();
	}
	tab = await open();
	await answer(tab, settled(...tab.replica.waiting));
	// Settled again, it could be sent again.
	valueOf(await outboxOf(tab).renumber((await outgoing(tab)).clientId));
	expect((await outgoing(tab)).mutations).toHaveLength(3);
});

test('what another device could not send is taken over once, with its uids and passwords', async () => {
	const there = await (await joinedVault()).open();
	const { open } = await joinedVault();
	const tab = await open();
	const secrets = { s1: { kind: 'word', text: 'zal659' } } as const;
	const theirs = [
		entry({ count: ['a', 'x'] }, secrets),
		entry({ expect: { kind: 'group', id: 'a' } })
	];
	valueOf(await there.replica.commit(theirs, signature));
	const file = valueOf(await outboxOf(there).entries());
	expect(file).toEqual(theirs);
	valueOf(await tab.replica.commit([letter('y')], signature));
	for (let times = 0; times < 2; times++) valueOf(await outboxOf(tab).add(file));
	for (const each of [tab, await open()]) {
		expect(shown(each)).toBe('yx');
		expect((await outgoing(each)).mutations.slice(1)).toMatchObject([
			{ number: 2, secrets, mutation: theirs[0]?.mutation },
			{ number: 3, mutation: theirs[1]?.mutation }
		]);
	}
});

test('tried again as somebody has chosen since, and what nothing is left of goes', async () => {
	const { open } = await joinedVault();
	const tab = await open();
	const [bad, other, third] = [letter('x'), letter('y'), letter('z')];
	valueOf(await tab.replica.commit([bad, other, third], signature));
	await answer(tab, refusals(bad, other, third));
	const [one, two] = [bad.mutation.uid, other.mutation.uid];
	const chosen = new Map([
		[one, { count: ['a', 'q'] }],
		[two, null]
	]);
	valueOf(await outboxOf(tab).retry([one, two], signature, chosen));
	for (const each of [tab, await open()]) {
		expect(shown(each)).toBe('q');
		expect((await refusedOf(each)).map(({ mutation }) => mutation.uid)).toEqual([
			third.mutation.uid
		]);
		expect((await outgoing(each)).mutations).toMatchObject([
			{ mutation: { args: { count: ['a', 'q'] } } }
		]);
	}
});
