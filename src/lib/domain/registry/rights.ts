import type { Actor } from '../kernel/actor.ts';
import type { Mutation } from '../kernel/mutation.ts';
import { mutators, type MutationName } from './mutators.ts';
import type { IsoDate } from '../kernel/ids.ts';
import { administrationWith } from '../kernel/role-rules.ts';
import type { StateReader } from './state.ts';

/** Whether this is the name of a mutation, with a version that this app knows. */
export function isMutationName(name: string): name is MutationName {
	return Object.hasOwn(mutators, name);
}

/**
 * Whether an actor may ask for a mutation. The one place that decides, on device and endpoint alike.
 * Throws on a name it does not know: an older app parses what it is sent before it gets here.
 */
export function may(
	actor: Actor,
	mutation: Pick<Mutation, 'name' | 'args'>,
	state: StateReader,
	today: IsoDate
): boolean {
	if (!isMutationName(mutation.name)) throw new Error(`No such mutation: ${mutation.name}`);
	return mutators[mutation.name].may(actor, mutation.args as never, state, today);
}

/** Whether an actor may read the school's audit log: who manages accounts, since it tells of them all. */
export const mayReadAudit = administrationWith('accounts');
