import type { Id, Instant, IsoDate } from './ids.ts';

/**
 * How history shows a field: `value` as it is; `changed` without its values; `email` masked; `group`
 * and `groups` by name; `never`: an id, or what another field says already.
 */
export type FieldView = 'value' | 'changed' | 'email' | 'group' | 'groups' | 'never';

/** A field that came after its kind was released. */
export interface Since {
	/** The first schema whose apps know the field (registry/migrations.ts). */
	readonly schema: number;
	/** The value in a record that was made before. */
	readonly held: unknown;
}

interface Common {
	readonly shown: FieldView;
	readonly since?: Since;
	/** The field is no longer used; see `gone`. */
	readonly gone?: true;
}

/**
 * The meaning of a field, as plain data: its shape on the wire and all that is derived follow from
 * it.
 */
export type FieldData = Common &
	(
		| {
				readonly is:
					'text' | 'number' | 'count' | 'truth' | 'date' | 'moment' | 'texts' | 'changes';
		  }
		| Reference
		| { readonly is: 'choice'; readonly from: readonly string[] }
		| { readonly is: 'maybe' | 'list' | 'optional'; readonly of: FieldData }
		| { readonly is: 'fromTo'; readonly from: FieldData; readonly to: FieldData }
		/** A record of a kind, whole, or field by field; of an import, one of many kinds. */
		| { readonly is: 'record' | 'given' | 'edit'; readonly kind: string; readonly fields: Fields }
		| { readonly is: 'imported' }
	);

export interface Reference {
	readonly is: 'id';
	/** The kind it names; null: an id of no kind, or of several. */
	readonly names: string | null;
	/** Names the secret that holds a password, which travels beside the mutation. */
	readonly secret?: true;
	/** The record cannot stand without the one named … */
	readonly stands?: {
		/** … unless it holds this value. */
		readonly unless?: readonly [field: string, value: string];
		/** Both records hold this field alike, by which the one that names is found. */
		readonly via?: string;
	};
}

declare const held: unique symbol;
/** A field that holds `T`. */
export type Field<T = unknown> = FieldData & { readonly [held]?: T };
export type Fields = Readonly<Record<string, Field>>;

/** The value of a field. */
export type Held<F> = F extends { readonly [held]?: infer T } ? T : never;
interface Gone {
	readonly gone: true;
}

/** The names of the fields that rules know: of all but those that are gone. */
export type FieldName<F extends Fields> = {
	readonly [Name in keyof F]: F[Name] extends Gone ? never : Name;
}[keyof F] &
	string;

/** The values of fields, by name. Rules do not see those that are gone. */
export type HeldBy<F extends Fields> = {
	readonly [Name in keyof F as F[Name] extends Gone ? never : Name]: Held<F[Name]>;
};

interface Options {
	readonly shown?: FieldView;
}

function field<T>(data: Record<string, unknown>, options: Options, shown: FieldView): Field<T> {
	return { ...data, shown, ...options } as unknown as Field<T>;
}

/** Words of people, or a code of the outside world. */
export function text(options: Options = {}): Field<string> {
	return field({ is: 'text' }, options, 'value');
}

export function number(options: Options = {}): Field<number> {
	return field({ is: 'number' }, options, 'value');
}

/** A whole number from 0 up. */
export function count(options: Options = {}): Field<number> {
	return field({ is: 'count' }, options, 'value');
}

export function truth(options: Options = {}): Field<boolean> {
	return field({ is: 'truth' }, options, 'value');
}

export function date(options: Options = {}): Field<IsoDate> {
	return field({ is: 'date' }, options, 'value');
}

/** A moment that people read. */
export function moment(options: Options = {}): Field<Instant> {
	return field({ is: 'moment' }, options, 'value');
}

/** When a record was made or ended: its history says so too, and does not show it again. */
export function stamp(): Field<Instant> {
	return moment({ shown: 'never' });
}

/** One of a closed list of codes. */
export function choice<const Codes extends readonly string[]>(
	from: Codes,
	options: Options = {}
): Field<Codes[number]> {
	return field({ is: 'choice', from }, options, 'value');
}

/** An id of no record: of a mutation, of one of several kinds. */
export function id(): Field<Id> {
	return field({ is: 'id', names: null }, {}, 'never');
}

/** The id of a record that may be gone. */
export function named(kind: string): Field<Id> {
	return field({ is: 'id', names: kind }, {}, 'never');
}

/** The id of a record that this one cannot stand without. */
export function ref(kind: string, stands: NonNullable<Reference['stands']> = {}): Field<Id> {
	return field({ is: 'id', names: kind, stands }, {}, kind === 'group' ? 'group' : 'never');
}

/** Names the secret that holds a password: history says that it changed, and never to what. */
export function secret(options: Options = {}): Field<Id> {
	return field({ is: 'id', names: null, secret: true }, options, 'changed');
}

/** Or null: nothing is known, or there is none. */
export function maybe<T>(of: Field<T>): Field<T | null> {
	return field({ is: 'maybe', of }, {}, of.shown);
}

export function list<T>(of: Field<T>): Field<readonly T[]> {
	return field({ is: 'list', of }, {}, of.shown === 'group' ? 'groups' : of.shown);
}

/** Texts by their own names. */
export function texts(options: Options = {}): Field<Readonly<Record<string, string>>> {
	return field({ is: 'texts' }, options, 'value');
}

/** A field that came after its kind was released: older records hold `held`, older apps leave it out. */
export function since<T, const H extends T>(
	schema: number,
	of: Field<T>,
	holds: H
): Field<T> & { readonly since: { readonly schema: number; readonly held: H } } {
	return { ...of, since: { schema, held: holds } };
}

/**
 * A field that is no longer used. It stays declared for good: older records, apps and servers bring it,
 * so it is taken wherever a record or an edit comes from, and nothing is done with it. An older app reads
 * records that lack it; where its rules can't, keep the field and what says nothing in it instead.
 */
export function gone<T>(of: Field<T>): Field<T> & Gone {
	return { ...of, shown: 'never', gone: true };
}

/** The changes of a mutation to records: of a history entry. */
export function changes(): Field<readonly unknown[]> {
	return field({ is: 'changes' }, {}, 'never');
}

/** [from, to]: what the person saw, and what they want. */
export function fromTo<A, B = A>(from: Field<A>, to?: Field<B>): Field<readonly [from: A, to: B]> {
	return field({ is: 'fromTo', from, to: to ?? from }, {}, 'never');
}
