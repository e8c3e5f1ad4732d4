import { expect, test } from 'vitest';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id, Json } from '#lib/domain/kernel/ids.ts';
import type { Patch } from './pull.ts';
import {
	entry,
	group,
	joinedVault,
	outboxOf,
	pupil,
	recordsOf,
	settled,
	signature,
	valueOf,
	type Tab
} from '../test-kit.ts';

const patch = (from: Json, cookie: Json, change: Partial<Patch> = {}): Patch => ({
	from,
	cookie,
	removes: [],
	puts: [],
	results: [],
	kept: null,
	today: '2026-11-21',
	...change
});
const pull = async (tab: Tab, ...made: Parameters<typeof patch>) =>
	valueOf(await outboxOf(tab).pull(patch(...made)));
const tally = ({ replica }: Tab) => replica.state.get('group', 'a')?.name;
const shown = ({ replica }: Tab) => Object.keys(recordsOf(replica.state)).sort();

test('a pull changes confirmed records under the outbox, which is run over them again', async () => {
	const { open } = await joinedVault();
	const tab = await open();
	valueOf(await tab.replica.commit([entry({ count: ['a', 'x'] })], signature));
	expect(tally(tab)).toBe('x');
	await pull(tab, null, 1, { puts: [group('a', 'theirs-')] });
	expect(tally(tab)).toBe('theirs-x');
	expect(tally(await open())).toBe('theirs-x');
});

test('what is settled leaves the outbox, also when only some of a row is', async () => {
	const { open } = await joinedVault();
	const tab = await open();
	const entries = ['x', 'y', 'z'].map((letter) =>
		entry({ count: ['a', letter] }, { [letter]: { kind: 'word', text: letter } })
	);
	valueOf(await tab.replica.commit(entries, signature));
	const results = settled(...entries.slice(0, 2));
	await pull(tab, null, 1, { puts: [group('a', 'xy')], results });
	expect(tally(tab)).toBe('xyz');
	expect(tab.replica.waiting.length).toBe(1);
	const again = await open();
	expect(tally(again)).toBe('xyz');
	expect([...valueOf(await again.replica.secrets(['x', 'y', 'z'])).keys()]).toEqual(['z']);
	expect(again.replica.membership?.confirmed).toBe(2);
});

test('what is settled behind something that is not stays, and keeps its number', async () => {
	const { open } = await joinedVault();
	const tab = await open();
	const entries = ['x', 'y', 'z'].map((letter) => entry({ count: ['a', letter] }));
	valueOf(await tab.replica.commit(entries, signature));
	const [first, , last] = entries;
	if (!first || !last) return;
	await pull(tab, null, 1, { puts: [group('a', 'x')], results: settled(first, last) });
	expect(tally(tab)).toBe('xyz');
	expect(tab.replica.waiting.map(({ mutation }) => mutation.uid)).toEqual(
		entries.slice(1).map(({ mutation }) => mutation.uid)
	);
});

test('an entry that the new state refuses stays, changes nothing, and may be taken later', async () => {
	const { open } = await joinedVault();
	const tab = await open();
	await pull(tab, null, 1, { puts: [pupil('p', 'Jansen')] });
	const key = { kind: 'pupil', id: 'p' } as const;
	const needing = entry({ expect: key, count: ['a', 'x'] });
	valueOf(await tab.replica.commit([needing], signature));
	await pull(tab, 1, 2, { removes: [key] });
	expect(tally(tab)).toBeUndefined();
	expect(tab.replica.waiting.map(({ refusal }) => refusal?.code)).toEqual(['notFound']);
	await pull(tab, 2, 3, { puts: [pupil('p', 'Jansen')] });
	expect(tally(tab)).toBe('x');
	expect(tally(await open())).toBe('x');
});

test('an answer to an older question changes nothing', async () => {
	const { open } = await joinedVault();
	const tab = await open();
	await pull(tab, null, { version: 1 }, { puts: [group('a', 'one')] });
	const late = patch(null, { version: 9 }, { puts: [group('a', 'nine')] });
	const stale = { ok: false, refusal: { code: 'staleCookie' } };
	expect(await outboxOf(tab).pull(late)).toEqual(stale);
	expect(tally(tab)).toBe('one');
	await pull(tab, { version: 1 }, { version: 2 });
});

test('removals come before puts, and a removed record is gone after opening', async () => {
	const { open } = await joinedVault();
	const tab = await open();
	const puts = [group('a', 'a'), group('b', 'b')];
	await pull(tab, null, 1, { puts });
	const removes = puts.map(({ kind, id }) => ({ kind, id }));
	await pull(tab, 1, 2, { removes, puts: [group('a', 'again')] });
	for (const each of [tab, await open()]) {
		expect(shown(each)).toEqual(['group a']);
		expect(tally(each)).toBe('again');
	}
});

const history = (id: Id, subjectId: Id): AnyRecord => ({
	kind: 'history',
	id,
	uid: 'u1',
	batch: null,
	mutation: 'test.change@1',
	actorId: 'account-2',
	madeAt: '2026-11-21T13:00:00.000Z',
	undoes: null,
	subjectId,
	changes: [{ op: 'add', kind: 'pupil', id: subjectId }]
});

test('records of scopes that were lost leave the device, history too', async () => {
	const { open } = await joinedVault();
	const tab = await open();
	const people = [pupil('p', 'Jansen'), pupil('q', 'Pieters'), group('a', 'a')];
	await pull(tab, null, 1, { puts: [...people, history('h1', 'p'), history('h2', 'q')] });
	const kept = new Set(['pupil/q/name', 'school/staff']);
	await pull(tab, 1, 2, { kept });
	for (const each of [tab, await open()]) {
		valueOf(await each.replica.loadHistory());
		expect(shown(each)).toEqual(['group a', 'history h2', 'pupil q']);
	}
});

test('read afresh, what was there goes, and what came stays', async () => {
	const { open } = await joinedVault();
	const tab = await open();
	await pull(tab, null, 1, { puts: [pupil('p', 'Old'), pupil('q', 'Old'), history('h1', 'q')] });
	valueOf(await tab.replica.commit([entry({ count: ['a', 'x'] })], signature));
	const puts = [pupil('q', 'New'), history('h1', 'q')];
	await pull(tab, 1, 2, { kept: new Set(), puts });
	for (const each of [tab, await open()]) {
		valueOf(await each.replica.loadHistory());
		const own = shown(each).filter((key) => !key.startsWith('history') || key === 'history h1');
		expect(own).toEqual(['group a', 'history h1', 'pupil q']);
		expect(each.replica.state.get('pupil', 'q')?.familyName).toBe('New');
	}
});

test('another tab sees a pull, with its own work over it', async () => {
	const { open } = await joinedVault();
	const [one, other] = [await open(), await open()];
	await pull(one, null, 1, { puts: [group('a', 'theirs-')] });
	valueOf(await other.replica.commit([entry({ count: ['a', 'x'] })], signature));
	expect(tally(other)).toBe('theirs-x');
	await expect.poll(() => tally(one)).toBe('theirs-x');
});

test('a tab that finds the outbox empty, and one that emptied it, see each other’s work', async () => {
	const { open } = await joinedVault();
	const one = await open();
	const first = entry({ count: ['a', 'x'] });
	valueOf(await one.replica.commit([first], signature));
	await pull(one, null, 1, { puts: [group('a', 'x')], results: settled(first) });
	const other = await open();
	valueOf(await other.replica.commit([entry({ count: ['a', 'y'] })], signature));
	valueOf(await one.replica.commit([entry({ count: ['a', 'z'] })], signature));
	valueOf(await other.replica.catchUp());
	expect(tally(one)).toBe('xyz');
	expect(tally(other)).toBe('xyz');
});

test('a school with a server is never folded', async () => {
	const { open } = await joinedVault();
	const tab = await open();
	valueOf(await tab.replica.commit([entry({ count: ['a', 'x'] })], signature));
	expect(await tab.replica.fold()).toEqual({ ok: true, value: false });
	expect((await open()).replica.waiting.length).toBe(1);
});
