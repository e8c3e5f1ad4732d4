import type { AnyRecord, Json } from './records.ts';
import type { Refusal } from './refusal.ts';
import { ok, refuse, type Result } from './result.ts';

/** Field → [from, to]: what the person saw, and what they want. */
export type Edit<R> = {
	readonly [Field in Exclude<keyof R, 'kind' | 'id'>]?: readonly [from: R[Field], to: R[Field]];
};

/**
 * Merges an edit into a record. Fields that somebody else changed refuse `changedMeanwhile`, unless
 * they already hold what the edit wants; fields that the record has not, refuse `invalidValue`.
 */
export function mergeEdit<R extends AnyRecord>(record: R, edit: Edit<R>): Result<R, Refusal> {
	const fields: Record<string, Json> = {};
	const held = record as unknown as Readonly<Record<string, Json>>;
	for (const [field, pair] of Object.entries(edit) as [string, readonly [Json, Json]][]) {
		const [from, to] = pair;
		if (field === 'kind' || field === 'id' || !Object.hasOwn(held, field)) {
			return refuse({ code: 'invalidValue', field });
		}
		const now = held[field] ?? null;
		if (!sameJson(now, from) && !sameJson(now, to)) {
			const { kind, id } = record;
			return refuse({ code: 'changedMeanwhile', kind, id, field, mine: to, theirs: now });
		}
		fields[field] = to;
	}
	return ok({ ...record, ...fields });
}

/** Equality of plain JSON. Key order does not count. */
export function sameJson(one: Json | undefined, other: Json | undefined): boolean {
	if (one === other) return true;
	if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object') {
		return false;
	}
	const oneEntries = Object.entries(one);
	const others = other as Readonly<Record<string, Json>>;
	return (
		Array.isArray(one) === Array.isArray(other) &&
		oneEntries.length === Object.keys(others).length &&
		oneEntries.every(([key, value]) => Object.hasOwn(others, key) && sameJson(value, others[key]))
	);
}
