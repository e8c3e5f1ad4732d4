import type { histories } from '../history/kinds.ts';
import type { Id, Json } from '../kernel/ids.ts';
import type { Declared } from '../kernel/kind.ts';
import type { Kind, kinds } from './kinds.ts';

/** One change to one record, as its history keeps it. */
export type RecordChange =
	| { readonly op: 'add'; readonly kind: Kind; readonly id: Id }
	| {
			readonly op: 'edit';
			readonly kind: Kind;
			readonly id: Id;
			/** Field → [from, to]. */
			readonly fields: Readonly<Record<string, readonly [Json, Json]>>;
	  }
	| { readonly op: 'remove'; readonly kind: Kind; readonly id: Id; readonly before: AnyRecord };

/** Apart, since what it changed may be of any kind. */
export interface History extends Omit<Declared<'history', typeof histories.history>, 'changes'> {
	readonly changes: readonly RecordChange[];
}

/** Every kind of record, by its name. */
export type Records = {
	readonly [K in Kind]: K extends 'history' ? History : Declared<K, (typeof kinds)[K]>;
};

export type AnyRecord = Records[Kind];

export interface RecordKey {
	readonly kind: Kind;
	readonly id: Id;
}
