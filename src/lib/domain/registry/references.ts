import type { FieldData, Reference } from '../kernel/field.ts';
import type { Id } from '../kernel/ids.ts';
import { indexesOver } from './indexes.ts';
import { allKinds, declared, type Kind } from './kinds.ts';
import type { AnyRecord, RecordKey } from './records.ts';
import type { StateReader } from './state.ts';

/** One field by which records of a kind cannot stand without those of another. */
interface Link {
	/** The kind that refers, and its field; `id` for what it is a part of. */
	readonly from: Kind;
	readonly field: string;
	readonly to: Kind;
	readonly unless: readonly [field: string, value: string] | null;
	readonly via: string | null;
}

const links: readonly Link[] = allKinds.flatMap((from) => {
	const { fields, partOf } = declared(from);
	const whole = partOf.map((to) => ({
		from,
		field: 'id',
		to: to as Kind,
		unless: null,
		via: null
	}));
	const named = Object.entries(fields).flatMap(([field, data]): readonly Link[] => {
		const { names, stands } = referenceIn(data) ?? {};
		if (!names || !stands) return [];
		const { unless = null, via = null } = stands;
		return [{ from, field, to: names as Kind, unless, via }];
	});
	return [...whole, ...named];
});
const linksFrom = Map.groupBy(links, ({ from }) => from);
const linksTo = Map.groupBy(links, ({ to }) => to);

function referenceIn(data: FieldData): Reference | null {
	if (data.gone) return null;
	if (data.is === 'maybe' || data.is === 'list') return referenceIn(data.of);
	return data.is === 'id' ? data : null;
}

/** The records that a record cannot stand without, as its kind declares. */
export function referencesOf(record: AnyRecord): readonly RecordKey[] {
	const keys: RecordKey[] = [];
	for (const link of linksFrom.get(record.kind) ?? []) {
		if (!holds(link, record)) continue;
		for (const id of idsIn(record, link.field)) keys.push({ kind: link.to, id });
	}
	return keys;
}

/** Tells whether a record stands that cannot stand without this one. */
export function isReferredTo(state: StateReader, record: AnyRecord): boolean {
	return (linksTo.get(record.kind) ?? []).some((link) => {
		for (const candidate of candidates(state, record, link)) {
			if (holds(link, candidate) && idsIn(candidate, link.field).includes(record.id)) return true;
		}
		return false;
	});
}

/** The records of a link's kind among which those are that refer to this one. */
function candidates(
	state: StateReader,
	record: AnyRecord,
	{ from, field, via }: Link
): Iterable<AnyRecord> {
	if (field === 'id') {
		const part = state.get(from, record.id);
		return part ? [part] : [];
	}
	const by = via ?? field;
	const index = indexesOver(from).find(({ declaration }) => declaration.by === by);
	if (!index) return state.all(from);
	const key = via === null ? record.id : String(valueOf(record, via));
	return state.find(index.name, key);
}

function holds({ unless }: Link, record: AnyRecord): boolean {
	return unless === null || valueOf(record, unless[0]) !== unless[1];
}

function idsIn(record: AnyRecord, field: string): readonly Id[] {
	const value = valueOf(record, field);
	if (typeof value === 'string') return [value];
	return Array.isArray(value) ? (value as readonly Id[]) : [];
}

function valueOf(record: AnyRecord, field: string): unknown {
	return (record as unknown as Readonly<Record<string, unknown>>)[field];
}
