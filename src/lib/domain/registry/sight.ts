import type { Actor } from '../kernel/actor.ts';
import type { Id, IsoDate } from '../kernel/ids.ts';
import type { Kind } from './kinds.ts';
import type { Records } from './records.ts';
import { maySee, scopesFor, type Scope } from './scopes.ts';
import type { StateReader } from './state.ts';

/**
 * A state as an actor may see it today. A device that has been offline may hold more than that: a
 * child has turned eighteen, a group was taken from a teacher's account by an edit not yet sent.
 */
export interface Sight {
	/** Tells whether what is in this scope would be seen, if there is anything. */
	holds(scope: Scope): boolean;
	get<K extends Kind>(kind: K, id: Id): Records[K] | undefined;
}

export function sightOf(state: StateReader, actor: Actor, today: IsoDate): Sight {
	const held = scopesFor(actor, state, today);
	return {
		holds: (scope) => held.has(scope),
		get(kind, id) {
			const record = state.get(kind, id);
			return record && maySee(held, record) ? record : undefined;
		}
	};
}
