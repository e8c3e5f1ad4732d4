import { leerIdStatus } from '../leer-id/status.ts';
import type { Actor } from '../mutation.ts';
import type { Id, IsoDate } from '../records.ts';
import type { Refusal } from '../refusal.ts';
import type { StateReader } from '../state/school-state.ts';
import { actorOf } from './account-rules.ts';

/** The endpoint itself, where it blocks an account or notes what came in without a sign-in. */
export const systemActor: Actor = { id: 'system', role: 'system', rights: [] };

/** The endpoint acts under the one, and counts all failures of a school under the other. */
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

/**
 * Who an account acts as today: staff, a guardian, or a pupil by the id of their LeerID. null: there
 * is no such account, it has ended, or the administration blocked it. One that too many wrong
 * passwords blocked still acts where it was signed in, or anybody could throw anybody out.
 */
export function actorFor(accountId: Id, state: StateReader, today: IsoDate): Actor | null {
	if (state.get('signInBlock', accountId)?.cause === 'administration') return null;
	const account = state.get('account', accountId);
	if (account) return actorOf(account);
	const leerId = state.get('leerId', accountId);
	if (!leerId || leerIdStatus(state, leerId.pupilId, today).status !== 'active') return null;
	return { id: accountId, role: 'pupil', rights: [] };
}
