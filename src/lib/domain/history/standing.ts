import type { History, RecordKey } from '../registry/records.ts';
import type { Id } from '../kernel/ids.ts';
import type { StateReader } from '../registry/state.ts';

/**
 * The entries that one mutation wrote to history. None where more than one mutation stands under
 * its uid: nobody can tell then what belongs together, so nothing of it can be taken back.
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
 * The entry that an undo goes back to, through undoing and doing again: one of the mutation that
 * was no undo itself. undefined: its history is not here, or goes round in a circle.
 */
export function rootOf(state: StateReader, uid: Id): History | undefined {
	const root = chainOf(state, uid).at(-1);
	return root?.undoes === null ? root : undefined;
}

/**
 * Tells whether a mutation did something, or did again what was undone; false: it took something
 * back.
 */
export function isForward(state: StateReader, uid: Id): boolean {
	return chainOf(state, uid).filter(({ undoes }) => undoes !== null).length % 2 === 0;
}

/** An entry of a mutation, of what that undid, and so on. A school may move in with any history. */
function chainOf(state: StateReader, uid: Id): readonly History[] {
	const chain = new Map<Id, History>();
	let [entry] = entriesOf(state, uid);
	while (entry && !chain.has(entry.uid)) {
		chain.set(entry.uid, entry);
		[entry] = entry.undoes === null ? [] : entriesOf(state, entry.undoes);
	}
	return [...chain.values()];
}

/** Tells whether the change of an entry to its subject was taken back, and not done again since. */
export function isUndone(state: StateReader, { subjectId, uid }: History): boolean {
	const undos = state.find('historyBySubject', subjectId).filter(({ undoes }) => undoes !== null);
	// Each is looked up once, however many entries it has, and if they go round in a circle.
	const answers = new Map<Id, boolean>();
	const isTakenBack = (done: Id): boolean => {
		const known = answers.get(done);
		if (known !== undefined) return known;
		answers.set(done, false);
		const taken = undos.some((undo) => undo.undoes === done && !isTakenBack(undo.uid));
		answers.set(done, taken);
		return taken;
	};
	return isTakenBack(uid);
}

/**
 * Tells whether another mutation changed a record and still stands. An undo and what it undid
 * cancel out, so a mutation stands where its chain of undos touched the record an odd number of
 * times.
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
