import type { History, RecordKey } from '../registry/records.ts';
import type { Id } from '../kernel/ids.ts';
import type { StateReader } from '../registry/state.ts';

/**
 * What one mutation wrote to history. None where more than one mutation stands under its uid: nobody
 * can tell then what belongs together, so nothing of it can be taken back.
 */
export function entriesOf(state: StateReader, uid: Id): readonly History[] {
	const entries = state.find('historyByUid', uid);
	const [first] = entries;
	return first && entries.every((entry) => isOfOneMutation(first, entry)) ? entries : [];
}

function isOfOneMutation(one: History, other: History): boolean {
	return (
		one.mutation === other.mutation &&
		one.actorId === other.actorId &&
		one.batch === other.batch &&
		one.undoes === other.undoes
	);
}

/**
 * What an undo goes back to, through undoing and doing again: an entry of the mutation that was no
 * undo itself. undefined: its history is not here.
 */
export function rootOf(state: StateReader, uid: Id): History | undefined {
	let [entry] = entriesOf(state, uid);
	while (entry?.undoes) [entry] = entriesOf(state, entry.undoes);
	return entry;
}

/** Whether a mutation did something, or did again what was undone; false: it took something back. */
export function isForward(state: StateReader, uid: Id): boolean {
	let forward = true;
	let [entry] = entriesOf(state, uid);
	while (entry?.undoes) {
		forward = !forward;
		[entry] = entriesOf(state, entry.undoes);
	}
	return forward;
}

/** Whether what an entry did to its subject was taken back, and not done again since. */
export function isUndone(state: StateReader, entry: History): boolean {
	return state
		.find('historyBySubject', entry.subjectId)
		.some((other) => other.undoes === entry.uid && !isUndone(state, other));
}

/**
 * Whether another mutation changed a record and still stands. An undo and what it undid cancel out,
 * so a mutation stands where its chain of undos touched the record an odd number of times.
 */
export function isChangedByOthers(
	state: StateReader,
	subjectId: Id,
	{ kind, id }: RecordKey,
	rootUid: Id
): boolean {
	const touched = new Map<Id, number>();
	for (const entry of state.find('historyBySubject', subjectId)) {
		if (!entry.changes.some((change) => change.kind === kind && change.id === id)) continue;
		const root = entry.undoes ? (rootOf(state, entry.uid)?.uid ?? entry.uid) : entry.uid;
		if (root !== rootUid) touched.set(root, (touched.get(root) ?? 0) + 1);
	}
	return [...touched.values()].some((times) => times % 2 === 1);
}
