import type { Actor } from '../kernel/actor.ts';
import type { AnyRecord, History, RecordChange } from '../registry/records.ts';
import type { CredentialCard, LeerId } from '../credentials/kinds.ts';
import type { Id, Instant, IsoDate, Json } from '../kernel/ids.ts';
import { Draft, type StateReader } from '../registry/state.ts';
import { isOfImport } from './import-credentials.ts';
import { partOf, undoRuleOf, type ArgsOf } from '../registry/mutations.ts';
import { referencesOf } from '../registry/references.ts';
import { isPlainlyOvertaken, reverse } from './reverse.ts';
import { entriesOf, isUndone, rootOf } from './standing.ts';
import { isTooLate, mayUndo } from './undo-rules.ts';

/** The subjects that undoing a mutation must leave out, because something overtook it there. */
export function overtakenSubjects(state: StateReader, uid: Id): Id[] {
	return [...settle(state, entriesOf(state, uid)).except];
}

/** Leaving a subject out can leave others without what they refer to, so it takes some rounds. */
function settle(
	state: StateReader,
	entries: readonly History[]
): { draft: Draft; except: Set<Id> } {
	const madeAt = entries[0]?.madeAt ?? '';
	const except = new Set<Id>();
	for (;;) {
		const draft = new Draft(state);
		const overtaken = reverse(draft, entries, except, madeAt);
		if (overtaken.size === 0) return { draft, except };
		for (const subjectId of overtaken) except.add(subjectId);
	}
}

/** The outcome of undoing a batch. */
export interface UndoOutcome {
	/** The arguments of the undos, to be made in this order and as one batch. */
	readonly changes: readonly ArgsOf<'change.undo@1'>[];
	/** Cards that hold now and may be on paper, and would not hold any more. */
	readonly revoked: readonly CredentialCard[];
	/** It takes back what a file brought, or brings it again. */
	readonly ofImport: boolean;
	/** LeerIDs that would be back without a password. */
	readonly withoutPassword: readonly LeerId[];
}

/**
 * Returns how to undo a batch. Mutations that were undone already are left out, and so are those
 * that nobody may undo; each has the subjects in `except` that were overtaken.
 *
 * @param madeBy whose batch it is: what somebody else put under its id is no part of it
 */
export function undoOutcome(state: StateReader, batch: Id, madeBy: Id): UndoOutcome {
	const undone = new Draft(state);
	const made = undoableOf(state, batch, madeBy);
	const changes = changesOfUndo(state, made, undone);
	const { puts } = undone.change();
	const revoked = puts.flatMap((record) =>
		record.kind === 'credentialCard' &&
		record.state === 'revoked' &&
		state.get('credentialCard', record.id)?.state === 'current' &&
		mayBeOnPaper(state, record)
			? [record]
			: []
	);
	const withoutPassword = puts.flatMap((record) =>
		record.kind === 'leerId' && record.secretId === null && !state.get('leerId', record.id)
			? [record]
			: []
	);
	const ofImport = made.some(({ entries }) => isOfImport(state, entries));
	return { changes, revoked, ofImport, withoutPassword };
}

/** Nobody has seen the cards of a print that was never saved. */
function mayBeOnPaper(state: StateReader, { printRunId }: CredentialCard): boolean {
	return state.get('printRun', printRunId)?.savedAt !== null;
}

function changesOfUndo(
	state: StateReader,
	made: readonly Made[],
	undone: Draft
): ArgsOf<'change.undo@1'>[] {
	return inReverse(state, made).flatMap(({ uid, entries }) => {
		const { draft, except } = settle(undone, entries);
		const change = draft.change();
		const isEmpty = change.puts.length === 0 && change.removes.length === 0;
		for (const record of change.puts) undone.put(record);
		for (const { kind, id } of change.removes) undone.remove(kind, id);
		for (const entry of entries) {
			if (except.has(entry.subjectId)) continue;
			// So that what was made before it in this batch does not count as overtaken by it.
			undone.put({ ...entry, id: `${entry.id}-undone`, uid: `${uid}-undone`, undoes: uid });
		}
		return isEmpty ? [] : [{ uid, except: [...except] }];
	});
}

/**
 * Tells whether to offer an undo of these mutations: something of it stands, and actor and time
 * allow. A long list asks this of all its items, so what is looked for is only what is soon found.
 */
export function canUndo(
	state: StateReader,
	uids: readonly Id[],
	{ actor, today, now }: { readonly actor: Actor; readonly today: IsoDate; readonly now: Instant }
): boolean {
	return uids.some((uid) => {
		const root = rootOf(state, uid);
		if (!root || isKeptRecord(root)) return false;
		const rule = undoRuleOf(root.mutation);
		if (isTooLate(rule, root, now)) return false;
		const entries = entriesOf(state, uid);
		if (!mayUndo(rule, { actor, today, state }, { root, entries })) return false;
		// A file's records are taken back by rules of their own.
		const ofImport = isOfImport(state, entries);
		return entries.some(
			(entry) => !isUndone(state, entry) && (ofImport || !isPlainlyOvertaken(state, entry))
		);
	});
}

/** The record of a print stays: its cards are on paper, and name it. */
function isKeptRecord({ mutation }: History): boolean {
	return partOf(mutation) === 'paper';
}

interface Made {
	readonly uid: Id;
	readonly entries: readonly History[];
}

function undoableOf(state: StateReader, batch: Id, madeBy: Id): Made[] {
	const own = state.find('historyByBatch', batch).filter(({ actorId }) => actorId === madeBy);
	const uids = new Set(own.map(({ uid }) => uid));
	const made = [...uids].map((uid) => ({ uid, entries: entriesOf(state, uid) }));
	return made.filter(({ uid, entries }) => {
		const root = rootOf(state, uid);
		if (!root || undoRuleOf(root.mutation) === null || isKeptRecord(root)) return false;
		return !entries.every((entry) => isUndone(state, entry));
	});
}

/**
 * The last made first. Mutations of a batch may bear the same time; what one added and another refers
 * to was then made first.
 */
function inReverse(state: StateReader, made: readonly Made[]): Made[] {
	const earlier = dependencies(state, made);
	const byUid = new Map(made.map((each) => [each.uid, each]));
	const ordered = new Set<Made>();
	const visiting = new Set<Id>();
	const visit = (each: Made) => {
		if (visiting.has(each.uid)) return;
		visiting.add(each.uid);
		for (const uid of earlier.get(each.uid) ?? []) {
			const before = byUid.get(uid);
			if (before) visit(before);
		}
		ordered.add(each);
	};
	for (const each of made.toSorted(byTime)) visit(each);
	return [...ordered].reverse();
}

function byTime(one: Made, other: Made): number {
	return timeOf(one) < timeOf(other) ? -1 : timeOf(one) > timeOf(other) ? 1 : 0;
}

/** A mutation that only opens a batch comes first at its time. */
function timeOf({ entries: [first] }: Made): string {
	return first ? `${first.madeAt} ${partOf(first.mutation) === 'deed' ? 1 : 0}` : '';
}

/** For each mutation, those that must have been made before it. */
function dependencies(state: StateReader, made: readonly Made[]): Map<Id, Set<Id>> {
	const owners = { add: new Map<string, Id>(), remove: new Map<string, Id>() };
	for (const { uid, change } of changesOf(made)) {
		if (change.op !== 'edit') owners[change.op].set(`${change.kind} ${change.id}`, uid);
	}
	const earlier = new Map<Id, Set<Id>>();
	const note = (uid: Id, before: Id | undefined) => {
		if (before === undefined || before === uid) return;
		earlier.set(uid, (earlier.get(uid) ?? new Set()).add(before));
	};
	const freed = new Map<Json, { readonly uid: Id; readonly pupilId: Id }>();
	for (const { uid, change } of changesOf(made)) {
		const number = numberLeft(change);
		if (number !== undefined) freed.set(number, { uid, pupilId: change.id });
	}
	for (const { uid, change } of changesOf(made)) {
		// A number is given to nobody before its pupil has another, which may be for a moment only.
		const number = numberTaken(state, change);
		const left = number === undefined ? undefined : freed.get(number);
		if (left?.pupilId === change.id) note(left.uid, uid);
		else note(uid, left?.uid);
		if (change.op === 'edit') continue;
		const record: AnyRecord | undefined =
			change.op === 'remove' ? change.before : state.get(change.kind, change.id);
		for (const key of record ? referencesOf(record) : []) {
			const owner = owners[change.op].get(`${key.kind} ${key.id}`);
			// A record is added before, and removed after, those that refer to it.
			if (change.op === 'add') note(uid, owner);
			else if (owner !== undefined) note(owner, uid);
		}
	}
	return earlier;
}

function numberLeft(change: RecordChange): Json | undefined {
	if (change.kind !== 'pupil' || change.op === 'add') return undefined;
	if (change.op === 'edit') return change.fields['pupilNumber']?.[0];
	return change.before.kind === 'pupil' ? change.before.pupilNumber : undefined;
}

function numberTaken(state: StateReader, change: RecordChange): Json | undefined {
	if (change.kind !== 'pupil' || change.op === 'remove') return undefined;
	if (change.op === 'edit') return change.fields['pupilNumber']?.[1];
	return state.get('pupil', change.id)?.pupilNumber;
}

function* changesOf(made: readonly Made[]): Iterable<{ uid: Id; change: RecordChange }> {
	for (const { uid, entries } of made) {
		for (const { changes } of entries) for (const change of changes) yield { uid, change };
	}
}
