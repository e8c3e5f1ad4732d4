import { accountMutations } from '../accounts/mutations.ts';
import { cardMutations } from '../cards/mutations.ts';
import { historyMutations } from '../history/mutations.ts';
import { importMutations } from '../import/mutations.ts';
import type { Args } from '../kernel/args.ts';
import type { Fields } from '../kernel/field.ts';
import type { Id } from '../kernel/ids.ts';
import type { UndoRule } from '../kernel/mutation.ts';
import { leerIdMutations } from '../leer-id/mutations.ts';
import { schoolMutations } from '../school/mutations.ts';
import type { MutationDeclaration, NamedSecret, Topic } from './mutation.ts';
import type { StateReader } from './state.ts';

/** Every mutation there is, by its name with its version. A released version stays for good. */
export const mutations = {
	...schoolMutations,
	...accountMutations,
	...leerIdMutations,
	...cardMutations,
	...importMutations,
	...historyMutations
} as const;

export type MutationName = keyof typeof mutations;

type ArgsByName = {
	readonly [Name in MutationName]: Args<(typeof mutations)[Name]['args']>;
};

/** The arguments of a mutation, by its name. */
export type ArgsOf<Name extends MutationName> = ArgsByName[Name];

export const allMutations = Object.keys(mutations) as readonly MutationName[];

/** Tells whether this is the name of a mutation, with a version that this app knows. */
export function isMutationName(name: string): name is MutationName {
	return Object.hasOwn(mutations, name);
}

/**
 * The declaration of a mutation of any name, but for the parts that its arguments' type is needed
 * for.
 */
export function declaredMutation(
	name: MutationName
): Pick<MutationDeclaration<Fields>, 'args' | 'about' | 'topic' | 'part' | 'undo'> {
	return mutations[name];
}

/** Returns who may take a mutation back; null: nobody, or only a newer app knows it. */
export function undoRuleOf(name: string): UndoRule | null {
	return isMutationName(name) ? declaredMutation(name).undo : null;
}

/** Under what people look for a mutation; null: it is an undo, or only a newer app knows it. */
export function topicOf(name: string): Topic | null {
	return isMutationName(name) ? declaredMutation(name).topic : null;
}

/**
 * Returns the part of a mutation of this name in a batch; one that only a newer app knows is a
 * deed.
 */
export function partOf(name: string): 'deed' | 'start' | 'paper' {
	return isMutationName(name) ? declaredMutation(name).part : 'deed';
}

/** The secret that a mutation names; null: none. */
export function secretNamedBy<Name extends MutationName>(
	name: Name,
	args: ArgsOf<Name>
): NamedSecret | null {
	const secret = mutations[name].secret as ((args: ArgsOf<Name>) => NamedSecret | null) | null;
	return secret === null ? null : secret(args);
}

/** The account or LeerID that has to sign in again after a mutation; null: nobody. */
export function endedBy<Name extends MutationName>(
	name: Name,
	args: ArgsOf<Name>,
	after: StateReader
): Id | null {
	const ends = mutations[name].ends as
		((args: ArgsOf<Name>, state: StateReader) => Id | null) | null;
	return ends === null ? null : ends(args, after);
}

/** Tells whether a mutation of this name can make somebody sign in again. */
export function mayEnd(name: MutationName): boolean {
	return mutations[name].ends !== null;
}
