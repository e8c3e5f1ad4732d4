import type { Actor } from '../mutation.ts';
import type { Id, IsoDate } from '../records.ts';
import type { StateReader } from '../state/school-state.ts';
import { leerIdStatus } from '../leer-id/status.ts';
import { actorOf } from '../school/account-rules.ts';

/**
 * Who an account acts as today: a member of staff, or a pupil by the id of their LeerID. null: there
 * is no such account, or it has ended.
 */
export function actorFor(accountId: Id, state: StateReader, today: IsoDate): Actor | null {
	const account = state.get('account', accountId);
	if (account) return actorOf(account);
	const leerId = state.get('leerId', accountId);
	if (!leerId || leerIdStatus(state, leerId.pupilId, today).status !== 'active') return null;
	return { id: accountId, role: 'pupil', rights: [] };
}
