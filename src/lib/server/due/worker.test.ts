import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../store/database.ts';
import { addDue, type DueWork } from '../store/due.ts';
import { openStore } from '../store/open-store.ts';
import { addSchoolRow } from '../store/testing/school-row.ts';
import { Again, DueWorker, NeverDone, type DueHandler } from './worker.ts';

const school = 'AAAAAAAAAAAAAAAAAAAAAA';
let store: Store;
let now: Date;
let worker: DueWorker;
let failures: { work: DueWork; last: boolean }[];

function workerWith(handler: DueHandler): DueWorker {
	return new DueWorker({
		database: store,
		handlers: { mail: handler },
		now: () => now,
		failed: (work, _error, last) => failures.push({ work, last })
	});
}

async function add(body: string, at = now): Promise<void> {
	await store.write(school, (tx) => addDue(tx, { kind: 'mail', body, at: at.toISOString() }));
}

function left(): Promise<unknown[]> {
	return store.readOutside(({ db }) => db.selectFrom('due').selectAll().execute());
}

beforeEach(async () => {
	store = await openStore({ kind: 'memory' });
	await addSchoolRow(store, { id: school, at: '2026-11-23T08:30:00.000Z' });
	now = new Date('2026-11-23T08:30:00.000Z');
	failures = [];
});
afterEach(async () => {
	await worker.stop();
	await store.close();
});

test('what is due is done once, in turns of ten, and what is not yet due waits', async () => {
	const done: unknown[] = [];
	worker = workerWith(({ body }) => {
		done.push(body);
		return Promise.resolve();
	});
	for (let at = 0; at < 25; at++) await add(`mail ${at}`);
	await add('tomorrow', new Date(now.getTime() + 86_400_000));
	worker.poke();
	await expect.poll(() => done).toHaveLength(25);
	await worker.stop();
	expect(new Set(done).size).toBe(25);
	expect(await left()).toMatchObject([{ body: '"tomorrow"' }]);
});

test('what fails comes back later, after longer and longer', async () => {
	let tries = 0;
	const away: DueHandler = () =>
		++tries < 4 ? Promise.reject(new Error('the mail server is away')) : Promise.resolve();
	worker = workerWith(away);
	await add('mail');
	const pauses: number[] = [];
	while (tries < 4) {
		worker.poke();
		const before = tries;
		await expect.poll(() => tries).toBe(before + 1);
		await worker.stop();
		worker = workerWith(away);
		const [row] = (await left()) as { at: string }[];
		if (!row) break;
		pauses.push(Date.parse(row.at) - now.getTime());
		now = new Date(row.at);
	}
	expect(await left()).toEqual([]);
	expect(pauses).toHaveLength(3);
	expect(pauses[2]).toBeGreaterThan((pauses[0] ?? 0) * 2);
	expect(failures.every(({ last }) => !last)).toBe(true);
});

test('what can never be done is dropped, and told', async () => {
	worker = workerWith(() => Promise.reject(new NeverDone()));
	await add('mail');
	worker.poke();
	await expect.poll(() => left()).toEqual([]);
	expect(failures).toMatchObject([{ last: true }]);
});

test('work of a process that died is taken over when its lease ends', async () => {
	const stuck = workerWith(() => new Promise(() => undefined));
	await add('mail');
	stuck.poke();
	await expect.poll(() => left()).toMatchObject([{ attempts: 1 }]);
	const done: unknown[] = [];
	const noting: DueHandler = ({ attempts }) => {
		done.push(attempts);
		return Promise.resolve();
	};
	worker = workerWith(noting);
	worker.poke();
	await worker.stop();
	expect(done).toEqual([]);
	now = new Date(now.getTime() + 5 * 60_000);
	worker = workerWith(noting);
	worker.poke();
	await expect.poll(() => done).toEqual([2]);
});

test('work that comes back waits for its moment, and begins anew with its tries', async () => {
	const again = new Date(now.getTime() + 3_600_000).toISOString();
	let tries: number[] = [];
	worker = workerWith(({ attempts }) => {
		tries.push(attempts);
		return Promise.resolve(new Again(again));
	});
	await add('a');
	await worker.done();
	await worker.done();
	expect(tries).toEqual([1]);
	expect(await left()).toMatchObject([{ at: again, lease_until: null, attempts: 0 }]);
	now = new Date(again);
	tries = [];
	await worker.done();
	expect(tries).toEqual([1]);
});
