import type { Actor } from '../kernel/actor.ts';
import type { Mutation } from '../kernel/mutation.ts';
import { isMutationName, mutations } from './mutations.ts';
import type { IsoDate } from '../kernel/ids.ts';
import { administrationWith } from '../kernel/role-rules.ts';
import type { StateReader } from './state.ts';

/**
 * Tells whether an actor may ask for a mutation. The one place that decides, on device and server
 * alike. Throws on a name it does not know: an older app parses what it is sent before it gets
 * here.
 */
export function may(
	actor: Actor,
	mutation: Pick<Mutation, 'name' | 'args'>,
	state: StateReader,
	today: IsoDate
): boolean {
	if (!isMutationName(mutation.name)) throw new Error(`No such mutation: ${mutation.name}`);
	return mutations[mutation.name].may(actor, mutation.args as never, state, today);
}

/**
 * Tells whether an actor may read the school's audit log: a manager of accounts may, since it tells
 * of them all.
 */
export const mayReadAudit = administrationWith('accounts');
