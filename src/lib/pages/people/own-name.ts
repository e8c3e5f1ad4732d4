import { accountNameOf } from '#lib/domain/accounts/account-rules.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { Pupil } from '#lib/domain/people/kinds.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';

/** The pupil whom a LeerID belongs to; undefined: it is no LeerID's. */
export function ownPupilOf(state: StateReader, actor: Actor | null): Pupil | undefined {
	const pupilId = actor && state.get('leerId', actor.id)?.pupilId;
	return pupilId ? state.get('pupil', pupilId) : undefined;
}

/** Returns the name of the person who is signed in. */
export function ownNameOf(state: StateReader, actor: Actor | null): string {
	const account = actor && state.get('account', actor.id);
	if (account) return accountNameOf(state, account);
	const pupil = ownPupilOf(state, actor);
	return pupil ? fullNameOf(pupil) : '';
}
