import type { Fields } from './field.ts';
import type { Base, Id, Json } from './ids.ts';
import { sameJson } from './json.ts';
import { ok, refuse, type Result } from './result.ts';

/** Field → [from, to]: what the person saw, and what they want. */
export type Edit<R> = {
	readonly [Field in Exclude<keyof R, 'kind' | 'id'>]?: readonly [from: R[Field], to: R[Field]];
};

/** Why an edit does not go; part of `Refusal`. */
export type EditRefusal<Kind extends string> =
	/** A value that the app's own forms would not have sent. */
	| { readonly code: 'invalidValue'; readonly field: string }
	/** The state holds neither what the edit started from nor what it wants. */
	| {
			readonly code: 'changedMeanwhile';
			readonly kind: Kind;
			readonly id: Id;
			readonly field: string;
			readonly mine: Json;
			readonly theirs: Json;
	  };

/**
 * Merges an edit into a record. Fields that somebody else changed refuse `changedMeanwhile`, unless
 * they already hold what the edit wants; fields that the record has not, refuse `invalidValue`. An
 * older app's change to a field that is gone is left out.
 */
export function mergeEdit<R extends Base>(
	record: R,
	edit: Edit<R>,
	{ fields: declared }: { readonly fields: Fields }
): Result<R, EditRefusal<R['kind']>> {
	const fields: Record<string, Json> = {};
	const held = record as unknown as Readonly<Record<string, Json>>;
	for (const [field, pair] of Object.entries(edit) as [string, readonly [Json, Json]][]) {
		const [from, to] = pair;
		if (declared[field]?.gone) continue;
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
