import { newPassword, renewalCommand, renewedKind } from '#lib/client/leer-id/commands.ts';
import type { Entry } from '#lib/vault/pages/entry.ts';
import { PlainStore, plainRows } from './support/plain-store.ts';
import {
	commit,
	creationEntries,
	entriesOf,
	fold,
	importEntries,
	newSchool,
	openedRecords,
	type BenchSchool
} from './support/seed-school.ts';

const plainName = 'bench-plain';
let school: BenchSchool | undefined;

/** Makes a school and imports so many pupils into it, if any; leaves it on the disk as a day later. */
export async function makeSchool(pupils: number): Promise<{ records: number }> {
	school = await newSchool();
	if (pupils > 0) {
		await commit(school, importEntries(school, pupils));
		await fold(school);
	}
	return { records: openedRecords(school.replica.state).length };
}

/** Leaves so many mutations in the outbox, as a device does before a server has them. */
export async function leaveWaiting(count: number): Promise<void> {
	const open = use();
	await commit(open, creationEntries(open, count));
}

/** Writes what opening the school reads as plain rows. */
export async function makePlain(): Promise<void> {
	const store = new PlainStore(plainName);
	await store.putAll(plainRows(openedRecords(use().replica.state)));
	store.close();
}

/** Milliseconds of opening a plain store and reading all of it. */
export async function openPlain(): Promise<number> {
	const start = performance.now();
	const store = new PlainStore(plainName);
	await store.readAll();
	const elapsed = performance.now() - start;
	store.close();
	return elapsed;
}

/** Lets go of the school, so that it is next opened from the disk. */
export function closeSchool(): void {
	use().vault.lock();
	school = undefined;
}

export interface Writes {
	/** Milliseconds until the import of so many pupils was durable and in the state. */
	readonly ours: number;
	/** The same records as plain rows. */
	readonly plain: number;
	/** Milliseconds of making confirmed pages of it afterwards, while nobody waits. */
	readonly fold: number;
	readonly records: number;
}

/** One first write of a school, and its records as plain rows. */
export async function firstWrite(pupils: number): Promise<Writes> {
	const made = await newSchool();
	const entries = importEntries(made, pupils);
	const ours = await timed(() => commit(made, entries));
	const records = openedRecords(made.replica.state);
	const folded = await timed(() => fold(made));
	made.vault.lock();
	const store = new PlainStore(`bench-plain-${crypto.randomUUID()}`);
	await store.open();
	const rows = plainRows(records);
	const plain = await timed(() => store.putAll(rows));
	await store.delete();
	return { ours, plain, fold: folded, records: records.length };
}

export interface Commits {
	readonly ours: number[];
	readonly plain: number[];
}

/**
 * Milliseconds of single changes, each durable and in the state, and of single plain puts, in turns:
 * a disk is not as fast at one moment as at another.
 */
export async function commitInTurns(times: number): Promise<Commits> {
	const open = use();
	const store = new PlainStore(plainName);
	await store.open();
	const leerIds = [...open.replica.state.all('leerId')];
	const ours: number[] = [];
	const plain: number[] = [];
	for (const [row] of leerIds.slice(0, times).map((leerId) => plainRows([leerId]))) {
		if (!row) break;
		const entry = renewal(open, row.record.id);
		ours.push(await timed(() => commit(open, [entry])));
		plain.push(await timed(() => store.put(row)));
	}
	store.close();
	return { ours, plain };
}

/** A new password for one pupil: the change that the desk makes most. */
function renewal({ replica, actor }: BenchSchool, leerIdId: string): Entry {
	const [school] = replica.state.all('school');
	const [run] = replica.state.all('printRun');
	const leerId = replica.state.get('leerId', leerIdId);
	if (!school || !run || !leerId) throw new Error('nothing to renew');
	const password = newPassword(renewedKind(leerId), school);
	const [entry] = entriesOf([renewalCommand({ leerId, password }, run.id)], actor);
	if (!entry) throw new Error('no mutation was made');
	return entry;
}

function use(): BenchSchool {
	if (!school) throw new Error('no school was made');
	return school;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}
