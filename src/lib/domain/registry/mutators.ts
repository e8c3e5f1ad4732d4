import type { Mutator } from './mutator.ts';
import { schoolMutators } from '../school/mutators.ts';
import { accountMutators } from '../accounts/account-mutators.ts';
import { guardianAccessMutators } from '../accounts/guardian-access.ts';
import { ownAccountMutators } from '../accounts/own-mutators.ts';
import { signInMutators } from '../accounts/sign-in-mutators.ts';
import { leerIdMutators } from '../leer-id/mutators.ts';
import { cardMutators } from '../cards/card-mutators.ts';
import { cardKeyMutators } from '../cards/key-mutators.ts';
import { printMutators } from '../cards/mutators.ts';
import { importMutators } from '../import/mutators.ts';
import { undoMutators } from '../history/mutators.ts';

/** Every mutation there is, by its name with its version. A released version stays for good. */
export const mutators = {
	...schoolMutators,
	...accountMutators,
	...ownAccountMutators,
	...signInMutators,
	...guardianAccessMutators,
	...leerIdMutators,
	...printMutators,
	...cardMutators,
	...cardKeyMutators,
	...importMutators,
	...undoMutators
} as const;

export type MutationName = keyof typeof mutators;

/** The arguments of a mutation, by its name. */
export type ArgsOf<Name extends MutationName> =
	(typeof mutators)[Name] extends Mutator<infer Args> ? Args : never;
