import { accountNameOf } from '#lib/domain/accounts/account-rules.ts';
import { systemActor } from '#lib/domain/credentials/actor-ids.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/**
 * Returns the name of the one who did something: staff, a guardian, a pupil, or the app by itself.
 */
export function nameOfActor(state: SchoolState, actorId: Id): string {
	if (actorId === systemActor.id) return m.history_by_itself();
	const account = state.get('account', actorId);
	if (account) return accountNameOf(state, account);
	const pupilId = state.get('leerId', actorId)?.pupilId;
	const pupil = pupilId === undefined ? undefined : state.get('pupil', pupilId);
	return pupil ? fullNameOf(pupil) : m.history_unknown_actor();
}
