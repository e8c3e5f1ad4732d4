import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Admitted } from './write-as.ts';
import type { Store } from '../store/database.ts';
import { openStore } from '../store/open-store.ts';
import { addSchoolRow } from '../store/testing/school-row.ts';
import {
	devicesOf,
	endSessions,
	findSession,
	startSession,
	touchSession,
	type Session
} from './sessions.ts';
import { newToken, readToken, type Token } from '../session/token.ts';

const school = 'AAAAAAAAAAAAAAAAAAAAAA';
const teacher: Actor = { id: 'teacher', role: 'teacher', rights: [] };
const guardian: Actor = { id: 'guardian', role: 'guardian', rights: [] };
const start = new Date('2026-11-23T08:30:00.000Z');
const hours = (count: number): Date => new Date(start.getTime() + count * 3_600_000);

let store: Store;
beforeEach(async () => {
	store = await openStore({ kind: 'memory' });
	await addSchoolRow(store, { id: school, at: '2026-11-23T08:30:00.000Z' });
});
afterEach(() => store.close());

function signIn(actor: Actor, deviceName = 'Chrome', now = start): Promise<string> {
	const session = { deviceName, vault: null, offlineHours: 72, keyHash: null, now };
	return store.write(school, (tx) =>
		startSession({ writing: { tx }, actor } as unknown as Admitted, session)
	);
}

function find(token: string, now = start): Promise<Session | null> {
	return store.read(school, (tx) => findSession(tx, readToken(token) as Token, now));
}

async function found(token: string): Promise<Session> {
	return (await find(token)) as Session;
}

test('a token finds its session; one that was made up finds none', async () => {
	const token = await signIn(teacher);
	expect(await find(token)).toMatchObject({ account: 'teacher', school, open: true });
	expect(await find(newToken(school).text)).toBeNull();
});

test('the store holds no token', async () => {
	const token = await signIn(teacher);
	const rows = await store.read(school, ({ db }) => db.selectFrom('session').selectAll().execute());
	expect(JSON.stringify(rows)).not.toContain(token.split('.')[1]);
});

test('a session that is not used ends, sooner for staff than for a guardian', async () => {
	const [staff, parent] = [await signIn(teacher), await signIn(guardian)];
	expect((await find(staff, hours(71)))?.open).toBe(true);
	expect((await find(staff, hours(73)))?.open).toBe(false);
	expect((await find(parent, hours(73)))?.open).toBe(true);
});

test('use puts the end off, but not forever', async () => {
	const token = await signIn(teacher);
	const session = await found(token);
	const use = (now: Date): Promise<void> =>
		store.write(school, (tx) =>
			touchSession(tx, session, { actor: teacher, offlineHours: 72, now })
		);
	await use(hours(71));
	expect((await find(token, hours(100)))?.open).toBe(true);
	await use(hours(89 * 24));
	expect((await find(token, hours(91 * 24)))?.open).toBe(false);
});

test('the list names what is open, and one or all but one can be ended', async () => {
	const [own, phone] = [
		await signIn(teacher, 'Laptop'),
		await signIn(teacher, 'Telefoon', hours(1))
	];
	await signIn(guardian, 'Van een ander');
	const mine = await found(own);
	const devices = await store.read(school, (tx) =>
		devicesOf(tx, { account: mine.account, current: mine.id, now: hours(1) })
	);
	expect(devices.map(({ name, current }) => [name, current])).toEqual([
		['Telefoon', false],
		['Laptop', true]
	]);
	const ending = { account: 'teacher', except: mine.id, now: hours(2) };
	await store.write(school, (tx) => endSessions(tx, ending));
	expect((await find(phone))?.open).toBe(false);
	expect((await find(own))?.open).toBe(true);
	await store.write(school, (tx) =>
		endSessions(tx, { account: 'teacher', only: mine.id, now: hours(3) })
	);
	expect((await find(own))?.open).toBe(false);
});

test('an ended session is not brought back by using it', async () => {
	const token = await signIn(teacher);
	const session = await found(token);
	await store.write(school, (tx) => endSessions(tx, { account: 'teacher', now: hours(1) }));
	const use = { actor: teacher, offlineHours: 72, now: hours(1) };
	await store.write(school, (tx) => touchSession(tx, session, use));
	expect((await find(token, hours(2)))?.open).toBe(false);
});

test('a lost device hears that it must wipe itself, also when its session was over', async () => {
	const token = await signIn(teacher);
	const { id } = await found(token);
	const lost = { account: 'teacher', only: id, wipe: true, now: hours(100) };
	await store.write(school, (tx) => endSessions(tx, lost));
	expect(await find(token, hours(101))).toMatchObject({ open: false, wipe: true });
});
