import type { Actor } from '../kernel/actor.ts';
import type { Args } from '../kernel/args.ts';
import type { Fields } from '../kernel/field.ts';
import type { Id, IsoDate } from '../kernel/ids.ts';
import type { Context, UndoRule } from '../kernel/mutation.ts';
import type { Refusal } from './refusal.ts';
import type { Draft, StateReader } from './state.ts';

/** The topics that a history can be narrowed to. */
export const topics = [
	'leerId',
	'cards',
	'import',
	'accounts',
	'settings',
	'pupils',
	'signIns'
] as const;
export type Topic = (typeof topics)[number];

/** A password that a mutation names, and the account or LeerID that it opens. */
export interface NamedSecret {
	readonly id: Id;
	readonly account: Id;
	/** Chosen by the person that it lets in: it must keep the rules for passwords. */
	readonly own: boolean;
}

/**
 * `true` where a value of this type has a field of this name, or fields of any name; `never` elsewhere.
 * JSON has no end, and arguments are shallow: so deep and no deeper.
 */
type Holds<Value, Field extends string, Depth extends readonly 1[] = []> = Depth['length'] extends 5
	? never
	: Value extends readonly (infer Item)[]
		? Holds<Item, Field, [...Depth, 1]>
		: Value extends object
			? Field extends keyof Value
				? true
				: Holds<Value[keyof Value], Field, [...Depth, 1]>
			: never;

/** A mutation whose arguments hold a `secretId` says which secret it names. */
type SecretOf<A extends Fields> = [Holds<Args<A>, 'secretId'>] extends [never]
	? null
	: (args: Args<A>) => NamedSecret | null;

/**
 * A rule for one kind of change, and what belongs to it. Pure and synchronous: no clock, no
 * randomness, no I/O. `null` is written out where there is none of something.
 */
export interface MutationDeclaration<A extends Fields> {
	readonly args: A;
	/**
	 * Tells whether this actor may do this at all. `may` in rights.ts asks it, and nothing else does.
	 */
	may(actor: Actor, args: Args<A>, state: StateReader, today: IsoDate): boolean;
	/**
	 * The argument that says whom or what it is about: an id, or a record that is given whole. null: the
	 * school itself; and an undo is about what it takes back.
	 */
	readonly about: (keyof A & string) | null;
	/** Under what people look for it in the history; null: under what it took back. */
	readonly topic: Topic | null;
	/**
	 * Its part in a batch: the deed that the batch is for, a start that only opens it, or the paper of
	 * it.
	 */
	readonly part: 'deed' | 'start' | 'paper';
	readonly undo: UndoRule | null;
	/** The account or LeerID that has to sign in again, as the school stands after it. */
	readonly ends: ((args: Args<A>, state: StateReader) => Id | null) | null;
	/** The secret that travels beside it; any other that is sent is left. */
	readonly secret: SecretOf<A>;
	/** Writes to the draft, or returns why not; a refused draft is thrown away. */
	run(draft: Draft, args: Args<A>, context: Context): Refusal | null;
}

/** Declares a mutation: the one place that says what it is. A released one stays for good. */
export function mutation<const A extends Fields>(
	declaration: MutationDeclaration<A>
): MutationDeclaration<A> {
	return declaration;
}
