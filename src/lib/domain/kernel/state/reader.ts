import type { Base, Id } from '../ids.ts';

/** The state that a rule may read: records of the kinds `R`, and indexes `I` over a kind each. */
export interface Reader<R, I> {
	get<K extends keyof R>(kind: K, id: Id): R[K] | undefined;
	all<K extends keyof R>(kind: K): Iterable<R[K]>;
	/** The records under a key of an index, in no particular order. */
	find<Name extends keyof I>(name: Name, key: string): readonly R[I[Name] & keyof R][];
}

/** The changes of a mutation to records. Puts replace whole records. */
export interface Writes<R> {
	readonly puts: readonly R[keyof R][];
	readonly removes: readonly { readonly kind: keyof R; readonly id: Id }[];
}

interface KeptIndex {
	readonly name: string;
	/** The key that a record is found by; null leaves it out. */
	readonly keyOf: (record: Base) => string | null;
}

/** The indexes that a state keeps. */
export interface IndexTable {
	/** Those over a kind. */
	over(kind: string): readonly KeptIndex[];
	/** The kind that an index is over. */
	kindOf(name: string): string;
}
