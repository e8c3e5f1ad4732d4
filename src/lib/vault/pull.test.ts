import { expect, test, vi } from 'vitest';
import type { AnyRecord, Json } from '#lib/domain/records.ts';
import type { Patch } from './pull.ts';
import {
	entry,
	group,
	pupil,
	recordsOf,
	signature,
	testVault,
	valueOf,
	type Tab
} from './test-kit.ts';

const patch = (from: Json, cookie: Json, change: Partial<Patch> = {}): Patch => ({
	from,
	cookie,
	removes: [],
	puts: [],
	settled: [],
	scopes: null,
	...change
});
const tally = ({ replica }: Tab) => replica.state.get('group', 'a')?.name;
const shown = ({ replica }: Tab) => Object.keys(recordsOf(replica.state)).sort();

test('a pull changes confirmed records under the outbox, which is run over them again', async () => {
	const { open } = await testVault();
	const tab = await open();
	valueOf(await tab.replica.commit([entry({ count: ['a', 'x'] })], signature));
	expect(tally(tab)).toBe('x');
	valueOf(await tab.replica.pull(patch(null, 1, { puts: [group('a', 'theirs-')] })));
	expect(tally(tab)).toBe('theirs-x');
	expect(tally(await open())).toBe('theirs-x');
});

test('what is settled leaves the outbox, also out of the middle of a row', async () => {
	const { open } = await testVault();
	const tab = await open();
	const entries = ['x', 'y', 'z'].map((letter) =>
		entry({ count: ['a', letter] }, { [letter]: { kind: 'word', text: letter } })
	);
	valueOf(await tab.replica.commit(entries, signature));
	const settled = [entries[0], entries[2]].map((one) => one?.mutation.uid ?? '');
	valueOf(await tab.replica.pull(patch(null, 1, { puts: [group('a', 'xz')], settled })));
	expect(tally(tab)).toBe('xzy');
	expect(tab.replica.waiting).toBe(1);
	const again = await open();
	expect(tally(again)).toBe('xzy');
	expect([...valueOf(await again.replica.secrets(['x', 'y', 'z'])).keys()]).toEqual(['y']);
});

test('an entry that the new state refuses stays, changes nothing, and may be taken later', async () => {
	const { open } = await testVault();
	const tab = await open();
	valueOf(await tab.replica.pull(patch(null, 1, { puts: [pupil('p', 'Jansen')] })));
	const key = { kind: 'pupil', id: 'p' } as const;
	const needing = entry({ expect: key, count: ['a', 'x'] });
	valueOf(await tab.replica.commit([needing], signature));
	valueOf(await tab.replica.pull(patch(1, 2, { removes: [key] })));
	expect(tally(tab)).toBeUndefined();
	expect(tab.replica.waiting).toBe(1);
	valueOf(await tab.replica.pull(patch(2, 3, { puts: [pupil('p', 'Jansen')] })));
	expect(tally(tab)).toBe('x');
	expect(tally(await open())).toBe('x');
});

test('an answer to an older question changes nothing', async () => {
	const { open } = await testVault();
	const tab = await open();
	valueOf(await tab.replica.pull(patch(null, { version: 1 }, { puts: [group('a', 'one')] })));
	const late = await tab.replica.pull(patch(null, { version: 9 }, { puts: [group('a', 'nine')] }));
	expect(late).toEqual({ ok: false, refusal: { code: 'staleCookie' } });
	expect(tally(tab)).toBe('one');
	valueOf(await tab.replica.pull(patch({ version: 1 }, { version: 2 })));
});

test('removals come before puts, and a removed record is gone after opening', async () => {
	const { open } = await testVault();
	const tab = await open();
	const puts = [group('a', 'a'), group('b', 'b')];
	valueOf(await tab.replica.pull(patch(null, 1, { puts })));
	const removes = puts.map(({ kind, id }) => ({ kind, id }));
	valueOf(await tab.replica.pull(patch(1, 2, { removes, puts: [group('a', 'again')] })));
	for (const each of [tab, await open()]) {
		expect(shown(each)).toEqual(['group a']);
		expect(tally(each)).toBe('again');
	}
});

test('records none of whose scopes the account holds leave the device, history too', async () => {
	const { open } = await testVault();
	const tab = await open();
	const history: AnyRecord = {
		kind: 'history',
		id: 'h1',
		uid: 'u1',
		batch: null,
		mutation: 'test.change@1',
		actorId: 'account-2',
		madeAt: '2026-11-21T13:00:00.000Z',
		undoes: null,
		subjectId: 'p',
		changes: [{ op: 'add', kind: 'pupil', id: 'p' }]
	};
	const puts = [pupil('p', 'Jansen'), pupil('q', 'Pieters'), group('a', 'a'), history];
	valueOf(await tab.replica.pull(patch(null, 1, { puts })));
	const scopes = new Set(['pupil/q/name', 'school/staff']);
	const more = [pupil('r', 'Visser')];
	valueOf(await tab.replica.pull(patch(1, 2, { scopes, puts: more })));
	for (const each of [tab, await open()]) {
		valueOf(await each.replica.loadHistory());
		expect(shown(each)).toEqual(['group a', 'pupil q']);
	}
});

test('another tab sees a pull, with its own work over it', async () => {
	const { open } = await testVault();
	const [one, other] = [await open(), await open()];
	valueOf(await one.replica.pull(patch(null, 1, { puts: [group('a', 'theirs-')] })));
	valueOf(await other.replica.commit([entry({ count: ['a', 'x'] })], signature));
	expect(tally(other)).toBe('theirs-x');
	await vi.waitFor(() => expect(tally(one)).toBe('theirs-x'));
});
