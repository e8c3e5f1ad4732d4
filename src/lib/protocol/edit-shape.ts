import * as v from 'valibot';
import type { Edit } from '#lib/domain/kernel/edit.ts';

/** [from, to] */
export function pair<T>(shape: v.GenericSchema<unknown, T>) {
	return v.strictTuple([shape, shape]);
}

/** An edit of some fields of a record, each by its shape in the record. */
export function editOf<R extends { readonly kind: string; readonly id: string }>({
	entries
}: {
	readonly entries: { readonly [Field in keyof R]: v.GenericSchema<unknown, R[Field]> };
}): v.GenericSchema<unknown, Edit<R>> {
	const fields = Object.entries<v.GenericSchema>(entries).filter(
		([field]) => field !== 'kind' && field !== 'id'
	);
	const pairs = fields.map(([field, shape]) => [field, v.optional(pair(shape))]);
	return v.strictObject(Object.fromEntries(pairs));
}
