import * as v from 'valibot';
import type { FieldData, Fields } from '#lib/domain/kernel/field.ts';
import { allKinds, declared, isKind } from '#lib/domain/registry/kinds.ts';
import { bringUp } from '#lib/domain/registry/migrations.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import { count, id, instant, isoDate, json, kind, recordId } from './shapes.ts';

/**
 * The shapes of what crosses the wire, from what the domain declares, strictly: a field that the rules
 * do not know would be kept and sent on. The rules themselves are the domain's; this says what is text
 * and what a number.
 */

type Shape = v.GenericSchema<unknown, unknown>;
type Entries = Record<string, Shape>;

/** The shape of what a field holds. */
function shapeOf(field: FieldData): Shape {
	switch (field.is) {
		case 'text':
			return v.string();
		case 'number':
			return v.number();
		case 'count':
			return count;
		case 'truth':
			return v.boolean();
		case 'date':
			return isoDate;
		case 'moment':
			return instant;
		case 'id':
			return id;
		case 'texts':
			return v.record(v.string(), v.string());
		case 'changes':
			return v.array(change);
		case 'choice':
			return v.picklist(field.from);
		case 'maybe':
			return v.nullable(shapeOf(field.of));
		case 'list':
			return v.array(shapeOf(field.of));
		case 'optional':
			return v.optional(shapeOf(field.of));
		case 'fromTo':
			return v.strictTuple([shapeOf(field.from), shapeOf(field.to)]);
		case 'record':
			return recordOf(field.kind, field.fields);
		case 'given':
			return recordOf(field.kind, field.fields, givenShape);
		case 'edit':
			return editOf(field.fields);
		case 'imported':
			return imported;
	}
}

/** Each field by its shape; one that is gone need not be there. */
export function shapesOf(fields: Fields, shape: (field: FieldData) => Shape = shapeOf): Entries {
	return Object.fromEntries(
		Object.entries(fields).map(([name, field]) => [
			name,
			field.gone ? v.optional(shape(field)) : shape(field)
		])
	);
}

function recordOf(name: string, fields: Fields, shape = shapeOf): Shape {
	// A history's id is that of its mutation, and a number.
	const ofRecord = name === 'history' ? recordId : id;
	const now = v.strictObject({ kind: v.literal(name), id: ofRecord, ...shapesOf(fields, shape) });
	return v.pipe(v.unknown(), v.transform(broughtUp), now);
}

/**
 * A record as an older app sends it, as it is now. A value that is no record is left as it came,
 * for its shape to refuse: a migration need not bear what nobody stored.
 */
function broughtUp(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	try {
		return bringUp(value as AnyRecord);
	} catch {
		return value;
	}
}

/**
 * A field of a record that a mutation fills in itself: one that came with the first servers may be
 * left out, as older apps do. A later field is there already (`broughtUp`).
 */
function givenShape(field: FieldData): Shape {
	return field.since ? v.optional(shapeOf(field)) : shapeOf(field);
}

/** Some fields, each [from, to]. */
function editOf(fields: Fields): Shape {
	return v.strictObject(
		shapesOf(fields, (field) => v.optional(v.strictTuple([shapeOf(field), shapeOf(field)])))
	);
}

const change = v.variant('op', [
	v.strictObject({ op: v.literal('add'), kind, id: recordId }),
	v.strictObject({
		op: v.literal('edit'),
		kind,
		id: recordId,
		fields: v.record(v.string(), v.strictTuple([json, json]))
	}),
	v.strictObject({ op: v.literal('remove'), kind, id: recordId, before: v.lazy(() => anyRecord) })
]);

const byKind = new Map<string, Shape>(
	allKinds.map((name) => [name, recordOf(name, declared(name).fields)])
);

/** A record of any kind: what a school brings that was made without a server. */
export const anyRecord = v.lazy((value) => {
	const name = (value as { readonly kind?: unknown } | null)?.kind;
	const known = typeof name === 'string' && isKind(name) ? byKind.get(name) : undefined;
	return known ?? v.never();
}) as v.GenericSchema<unknown, AnyRecord>;

const importedKinds = allKinds.filter((name) => declared(name).imported);

/** One record that an import adds or edits, by the shape of its kind. */
const imported: Shape = v.union([
	v.strictObject({ add: v.union(importedKinds.map((name) => byKind.get(name) ?? v.never())) }),
	v.union(
		importedKinds.map((name) =>
			v.strictObject({ kind: v.literal(name), id, edit: editOf(declared(name).fields) })
		)
	)
]);
