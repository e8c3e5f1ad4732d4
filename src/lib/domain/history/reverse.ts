import { sameJson } from '../kernel/json.ts';
import type { AnyRecord, History, RecordChange, RecordKey } from '../registry/records.ts';
import type { Id, Instant, Json } from '../kernel/ids.ts';
import { declared } from '../registry/kinds.ts';
import type { Draft, StateReader } from '../registry/state.ts';
import { canStand } from '../registry/can-stand.ts';
import { credentialSteps, isCredential, isOfImport, type UndoStep } from './import-credentials.ts';
import { isReferredTo } from '../registry/references.ts';
import { entriesOf, isChangedByOthers, rootOf } from './standing.ts';

/**
 * Writes the opposite of a mutation's history to a draft, but for the subjects in `except`. Returns
 * the subjects for which that can't be: overtaken since, or leaving something that can't stand. The
 * draft is of use only where there are none.
 */
export function reverse(
	draft: Draft,
	entries: readonly History[],
	except: ReadonlySet<Id>,
	madeAt: Instant
): Set<Id> {
	const overtaken = new Set<Id>();
	const steps: UndoStep[] = [];
	const ofImport = isOfImport(draft, entries);
	for (const entry of entries) {
		if (except.has(entry.subjectId)) continue;
		if (ofImport) {
			const more = credentialSteps(draft, entry, madeAt);
			if (more) steps.push(...more);
			else overtaken.add(entry.subjectId);
		}
		for (const change of entry.changes.toReversed()) {
			if (ofImport && isCredential(change)) continue;
			const after = opposite(draft, entry, change, madeAt);
			if (after === undefined) overtaken.add(entry.subjectId);
			const before = draft.get(change.kind, change.id);
			if (after !== undefined) steps.push({ subjectId: entry.subjectId, before, after });
		}
	}
	for (const { before, after } of steps) {
		if (after) draft.put(after);
		else if (before) draft.remove(before.kind, before.id);
	}
	for (const { subjectId, before, after } of steps) {
		const stands = after ? canStand(draft, after) : !before || !isReferredTo(draft, before);
		if (!stands) overtaken.add(subjectId);
	}
	return overtaken;
}

/**
 * Tells whether an entry can't be taken back as its records are now, without a look at the history
 * since. Not for an import, whose credentials go by a rule of their own.
 */
export function isPlainlyOvertaken(state: StateReader, { changes, madeAt }: History): boolean {
	return changes.some((change) => {
		const now = state.get(change.kind, change.id);
		if (change.op === 'remove') return now !== undefined;
		if (!now) return true;
		const after = change.op === 'edit' ? unedited(now, change.fields) : withdrawn(now, madeAt);
		return after === undefined;
	});
}

/** The record as it was before a change; null where there was none; undefined where overtaken. */
function opposite(
	draft: Draft,
	entry: History,
	change: RecordChange,
	madeAt: Instant
): AnyRecord | null | undefined {
	// A school may move in with any history. A kind that leaves none (registry/run.ts) is not in ours.
	if (declared(change.kind).history === 'none') return undefined;
	const now = draft.get(change.kind, change.id);
	switch (change.op) {
		case 'remove':
			return now || !isItself(change.before, change) ? undefined : change.before;
		case 'edit':
			return now && unedited(now, change.fields);
		case 'add':
			return now && !isOvertakenAdd(draft, entry, now) ? withdrawn(now, madeAt) : undefined;
	}
}

function isItself(record: AnyRecord, { kind, id }: RecordKey): boolean {
	return record.kind === kind && record.id === id;
}

function unedited(
	now: AnyRecord,
	fields: Readonly<Record<string, readonly [Json, Json]>>
): AnyRecord | undefined {
	const held = fieldsOf(now);
	const known = declared(now.kind).fields;
	const old: Record<string, Json> = {};
	for (const [field, [from, to]] of Object.entries(fields)) {
		if (known[field]?.gone) continue;
		if (field === 'kind' || field === 'id' || !Object.hasOwn(held, field)) return undefined;
		if (!sameJson(held[field] ?? null, to)) return undefined;
		old[field] = from;
	}
	return { ...now, ...old };
}

function isOvertakenAdd(draft: Draft, entry: History, now: AnyRecord): boolean {
	const { kind, id } = now;
	if (entry.undoes === null) {
		if (kind === 'account' && hasActed(draft, id)) return true;
		const since = standsSince(now);
		if (since !== null) return since !== entry.madeAt;
		return isChangedByOthers(draft, entry.subjectId, { kind, id }, entry.uid);
	}
	// It had brought the record back: it may go again as long as it is what was brought.
	for (const undone of entriesOf(draft, entry.undoes)) {
		for (const change of undone.changes) {
			if (change.op !== 'remove' || change.kind !== kind || change.id !== id) continue;
			return !sameJson(now as unknown as Json, change.before as unknown as Json);
		}
	}
	return isChangedByOthers(
		draft,
		entry.subjectId,
		{ kind, id },
		rootOf(draft, entry.uid)?.uid ?? ''
	);
}

/**
 * Of a record that a person removes and makes again under the same id: when the one that stands was
 * made. Those before it say nothing about it. null: of other records there is one ever.
 */
function standsSince(record: AnyRecord): Instant | null {
	const field = declared(record.kind).madeAgainAt;
	return field === null ? null : (fieldsOf(record)[field] as Instant);
}

/** History names people by their account. */
function hasActed(draft: Draft, accountId: Id): boolean {
	for (const { actorId } of draft.all('history')) if (actorId === accountId) return true;
	return false;
}

/**
 * Without the record, or with its end where the record itself must stay: a card may be on paper
 * already, and a scan of it must say *Ingetrokken*; an import keeps its report.
 */
function withdrawn(now: AnyRecord, madeAt: Instant): AnyRecord | null | undefined {
	const { withdrawal } = declared(now.kind);
	if (withdrawal === null) return null;
	const {
		while: [field, value],
		becomes,
		dated
	} = withdrawal;
	if (fieldsOf(now)[field] !== value) return undefined;
	return { ...now, [field]: becomes ?? madeAt, ...(dated === null ? {} : { [dated]: madeAt }) };
}

function fieldsOf(record: AnyRecord): Readonly<Record<string, Json>> {
	return record as unknown as Readonly<Record<string, Json>>;
}
