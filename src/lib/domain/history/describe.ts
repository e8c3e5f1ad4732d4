import { sameJson } from '../kernel/json.ts';
import { maskEmail } from '../credentials/email-mask.ts';
import type { AnyRecord, History, RecordChange } from '../registry/records.ts';
import type { Id, Instant, Json } from '../kernel/ids.ts';
import type { FieldView } from '../kernel/field.ts';
import { declared, isKind, type Kind } from '../registry/kinds.ts';
import type { StateReader } from '../registry/state.ts';
import { partOf } from '../registry/mutations.ts';
import { isForward, isUndone, rootOf } from './standing.ts';

/** All that was done to a subject at once: by one mutation, or by one batch of them. */
export interface HistoryItem {
	/** For keyed lists. */
	readonly key: string;
	readonly at: Instant;
	readonly actorId: Id;
	/** The mutation that was done; of a batch, the one that it was for and not its start. */
	readonly mutation: string;
	/** The name of the mutation that was undone; null: it is no undo. */
	readonly undoes: string | null;
	/** It is an undo of an undo: what was first done holds again. */
	readonly again: boolean;
	/** It was taken back, and not done again since. */
	readonly undone: boolean;
	readonly batch: Id | null;
	readonly uids: readonly Id[];
	readonly changes: readonly DescribedChange[];
}

export interface DescribedChange {
	readonly op: RecordChange['op'];
	readonly kind: Kind;
	/** Of an addition, what was added; of a removal, what went. Never an id or a secret. */
	readonly fields: readonly DescribedField[];
}

/** Values as the school may see them. Both null: it changed, and that is all there is to say. */
export interface DescribedField {
	readonly field: string;
	readonly from: Json;
	readonly to: Json;
	/** The values are kept back. */
	readonly hidden: boolean;
}

/**
 * The history of subjects, the latest first, with every field that a school may see.
 * @param kinds only these kinds of record.
 */
export function describeHistory(
	state: StateReader,
	subjectIds: readonly Id[],
	kinds?: readonly Kind[]
): HistoryItem[] {
	const entries = subjectIds.flatMap((id) => state.find('historyBySubject', id));
	const items = groupedLatestFirst(entries).map((group) => itemOf(state, group));
	const records = new RecordsInThePast(state);
	return items
		.map(({ entries, ...item }) => ({
			...item,
			changes: entries.flatMap((entry) =>
				entry.changes
					.toReversed()
					.flatMap((change) => describe(state, records.before(change), change))
			)
		}))
		.map((item) => ({ ...item, changes: kept(item.changes, kinds) }))
		.filter((item) => item.changes.length > 0);
}

function kept(
	changes: readonly DescribedChange[],
	kinds: readonly Kind[] | undefined
): readonly DescribedChange[] {
	return kinds ? changes.filter(({ kind }) => kinds.includes(kind)) : changes;
}

/** Something that was done in the school: one mutation or batch, whoever and whatever it touched. */
export interface HistoryAction extends Omit<HistoryItem, 'changes'> {
	readonly subjectIds: readonly Id[];
}

/** A filter on a list of actions: by who did it, and by the mutation, of an undo the one undone. */
export type ActionFilter = (action: { readonly actorId: Id; readonly mutation: string }) => boolean;

/** The actions in the school, the latest first, at most so many of those that pass the filter. */
export function describeActions(
	state: StateReader,
	limit: number,
	filter?: ActionFilter
): HistoryAction[] {
	const groups = groupedLatestFirst([...state.all('history')]);
	const asked = filter ? groups.filter((group) => filter(summaryOf(state, group))) : groups;
	return asked.slice(0, limit).map((group) => {
		const { entries, ...item } = itemOf(state, group);
		return { ...item, subjectIds: [...new Set(entries.map(({ subjectId }) => subjectId))] };
	});
}

function summaryOf(state: StateReader, entries: readonly History[]) {
	const { actorId, mutation, undoes, uid } = mainOf(entries);
	return { actorId, mutation: (undoes && rootOf(state, uid)?.mutation) ?? mutation };
}

/**
 * Entries by batch or mutation, the latest first within a group too. A batch is one person's: what
 * somebody else sends under its id stands apart, under their own name.
 */
function groupedLatestFirst(entries: readonly History[]): History[][] {
	const groups = new Map<string, History[]>();
	// The entry that came in last stands last: at the same time it counts as later.
	const latestFirst = entries.toReversed().sort((one, other) => compare(other.madeAt, one.madeAt));
	for (const entry of latestFirst) {
		const key = keyOf(entry);
		const group = groups.get(key);
		if (group) group.push(entry);
		else groups.set(key, [entry]);
	}
	return [...groups.values()];
}

function keyOf({ batch, uid, actorId }: History): string {
	return `${batch ?? uid} ${actorId}`;
}

/** The entry that says what a batch was for. */
function mainOf(entries: readonly History[]): History {
	const done = entries.filter(({ mutation }) => partOf(mutation) !== 'paper');
	const main = done.find(({ mutation }) => partOf(mutation) === 'deed') ?? done[0] ?? entries[0];
	if (!main) throw new Error('A history item without entries');
	return main;
}

function itemOf(state: StateReader, entries: readonly History[]) {
	const main = mainOf(entries);
	const done = entries.filter(({ mutation }) => partOf(mutation) !== 'paper');
	return {
		key: keyOf(main),
		at: entries[0]?.madeAt ?? main.madeAt,
		actorId: main.actorId,
		mutation: main.mutation,
		undoes: main.undoes && (rootOf(state, main.uid)?.mutation ?? main.mutation),
		again: main.undoes !== null && isForward(state, main.uid),
		undone: done.length > 0 && done.every((entry) => isUndone(state, entry)),
		batch: main.batch,
		uids: [...new Set(entries.map(({ uid }) => uid))],
		entries
	};
}

/** Walks records back in time, from what they are now, as changes are told the latest first. */
class RecordsInThePast {
	readonly #state: StateReader;
	readonly #records = new Map<string, Readonly<Record<string, Json>> | undefined>();

	constructor(state: StateReader) {
		this.#state = state;
	}

	/** Steps over a change. Returns the record as it was added or went; an edit tells its own fields. */
	before(change: RecordChange): Readonly<Record<string, Json>> | undefined {
		const key = `${change.kind} ${change.id}`;
		if (!this.#records.has(key))
			this.#records.set(key, fieldsOf(this.#state.get(change.kind, change.id)));
		const after = this.#records.get(key);
		if (change.op === 'add') {
			this.#records.set(key, undefined);
			return after;
		}
		if (change.op === 'remove') {
			const before = fieldsOf(change.before);
			this.#records.set(key, before);
			return before;
		}
		const old = Object.entries(change.fields).map(([field, [from]]) => [field, from] as const);
		if (after) this.#records.set(key, { ...after, ...Object.fromEntries(old) });
		return undefined;
	}
}

function fieldsOf(record: AnyRecord | undefined): Readonly<Record<string, Json>> | undefined {
	return record as unknown as Readonly<Record<string, Json>> | undefined;
}

function describe(
	state: StateReader,
	whole: Readonly<Record<string, Json>> | undefined,
	change: RecordChange
): DescribedChange[] {
	const { op, kind } = change;
	// Of a kind that only a newer app knows, nothing is known to be fit to show.
	if (!isKind(kind) || declared(kind).history !== 'shown') return [];
	const fields = Object.entries(declared(kind).fields).flatMap(([field, { shown: view }]) => {
		const [from, to] = valuesOf(change, whole, field);
		return sameJson(from, to) ? [] : describeField(state, field, view, from, to);
	});
	return op === 'edit' && fields.length === 0 ? [] : [{ op, kind, fields }];
}

function valuesOf(
	change: RecordChange,
	whole: Readonly<Record<string, Json>> | undefined,
	field: string
): readonly [Json, Json] {
	if (change.op === 'edit') return change.fields[field] ?? [null, null];
	const value = whole?.[field] ?? null;
	return change.op === 'add' ? [null, value] : [value, null];
}

function describeField(
	state: StateReader,
	field: string,
	view: FieldView,
	from: Json,
	to: Json
): DescribedField[] {
	if (view === 'never') return [];
	if (view === 'changed') return [{ field, from: null, to: null, hidden: true }];
	return [{ field, from: shown(state, view, from), to: shown(state, view, to), hidden: false }];
}

function shown(state: StateReader, view: FieldView, value: Json): Json {
	if (view === 'email' && typeof value === 'string') return maskEmail(value);
	if (view === 'group' && typeof value === 'string') return state.get('group', value)?.name ?? null;
	if (view === 'groups' && Array.isArray(value)) {
		return value.flatMap((id: Json) =>
			typeof id === 'string' ? (shown(state, 'group', id) ?? []) : []
		);
	}
	return value;
}

function compare(one: string, other: string): number {
	return one < other ? -1 : one > other ? 1 : 0;
}
