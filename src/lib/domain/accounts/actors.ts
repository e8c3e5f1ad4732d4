import { leerIdStatus } from '../credentials/status.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Id, IsoDate } from '../kernel/ids.ts';
import type { StateReader } from '../registry/state.ts';
import { actorOf } from './account-rules.ts';

/**
 * The actor that an account is today: staff, a guardian, or a pupil by the id of their LeerID.
 * null: there is no such account, it has ended, or the administration blocked it. One that too many
 * wrong passwords blocked still acts where it was signed in, or anybody could throw anybody out.
 */
export function actorFor(accountId: Id, state: StateReader, today: IsoDate): Actor | null {
	if (state.get('signInBlock', accountId)?.cause === 'administration') return null;
	const account = state.get('account', accountId);
	if (account) return actorOf(account);
	const leerId = state.get('leerId', accountId);
	if (!leerId || leerIdStatus(state, leerId.pupilId, today).status !== 'active') return null;
	return { id: accountId, role: 'pupil', rights: [] };
}
