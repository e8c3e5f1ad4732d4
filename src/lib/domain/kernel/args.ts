import type { Edit } from './edit.ts';
import type { Field, FieldName, Fields, Held, HeldBy } from './field.ts';
import type { Base } from './ids.ts';
import type { Declared } from './kind.ts';

/**
 * Fields that only the arguments of mutations hold: whole records, edits, and what may be left out.
 */

interface HasFields {
	readonly fields: Fields;
}

/** A record as an app may send it that does not know the fields that came later. */
export type Given<Name extends string, D extends HasFields> = Base<Name> & {
	readonly [
		F in FieldName<D['fields']> as D['fields'][F] extends { readonly since: unknown } ? never : F
	]: Held<D['fields'][F]>;
} & {
	readonly [
		F in FieldName<D['fields']> as D['fields'][F] extends { readonly since: unknown } ? F : never
	]?: Held<D['fields'][F]>;
};

declare const leftOut: unique symbol;
interface MayBeLeftOut {
	readonly [leftOut]?: true;
}

/** The arguments that fields declare. */
export type Args<F extends Fields> = HeldBy<{
	readonly [Name in keyof F as F[Name] extends Required<MayBeLeftOut> ? never : Name]: F[Name];
}> & {
	readonly [Name in keyof F as F[Name] extends Required<MayBeLeftOut> ? Name : never]?:
		Held<F[Name]> | undefined;
};

/** An argument that may be left out. */
export function optional<T>(of: Field<T>): Field<T> & Required<MayBeLeftOut> {
	return { is: 'optional', of, shown: 'never' } as unknown as Field<T> & Required<MayBeLeftOut>;
}

/** A whole record of a kind. */
export function record<Name extends string, D extends HasFields>(
	kind: Name,
	{ fields }: D
): Field<Declared<Name, D>> {
	return { is: 'record', kind, fields, shown: 'never' };
}

/** A whole record of a kind, as an older app may send it too. */
export function given<Name extends string, D extends HasFields>(
	kind: Name,
	{ fields }: D
): Field<Given<Name, D>> {
	return { is: 'given', kind, fields, shown: 'never' };
}

/** Some fields of a record, each [from, to]. */
export function edit<Name extends string, D extends HasFields>(
	kind: Name,
	{ fields }: D
): Field<Edit<Declared<Name, D>>> {
	return { is: 'edit', kind, fields, shown: 'never' };
}

/** Returns the values of fields in a record that was made before they came. */
export function laterFields<F extends Fields>({ fields }: { readonly fields: F }): LaterFields<F> {
	const later = Object.entries(fields).flatMap(([name, { since, gone }]) =>
		since && !gone ? [[name, since.held]] : []
	);
	return Object.fromEntries(later) as LaterFields<F>;
}

type LaterFields<F extends Fields> = {
	readonly [
		Name in FieldName<F> as F[Name] extends { readonly since: unknown } ? Name : never
	]: Held<F[Name]>;
};

/** A record that an import brings or changes, of any kind that a file can bring. */
export function imported<T>(): Field<T> {
	return { is: 'imported', shown: 'never' };
}
