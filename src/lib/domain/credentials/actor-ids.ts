import type { Actor } from '../kernel/actor.ts';
import type { Id } from '../kernel/ids.ts';
import type { Refusal } from '../registry/refusal.ts';
import type { StateReader } from '../registry/state.ts';

/** The server itself, where it blocks an account or notes what came in without a sign-in. */
export const systemActor: Actor = { id: 'system', role: 'system', rights: [] };

/** The server acts under the one, and counts all failures of a school under the other. */
const reservedIds: ReadonlySet<Id> = new Set([systemActor.id, 'school']);

/**
 * Why a new account or LeerID cannot have this id, if so. The two share their ids: sessions, blocks and
 * wrong passwords are kept by id alone, so that one with another's id would be taken for the other.
 */
export function refuseNewId(state: StateReader, id: Id): Refusal | null {
	const taken = state.get('account', id) ?? state.get('leerId', id);
	if (taken) return { code: 'alreadyExists', kind: taken.kind, id };
	return reservedIds.has(id) ? { code: 'invalidValue', field: 'id' } : null;
}
