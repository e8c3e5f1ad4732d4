import { accountNameOf } from '#lib/domain/accounts/account-rules.ts';
import { actorFor } from '#lib/domain/accounts/actors.ts';
import type { SignInBlock } from '#lib/domain/accounts/kinds.ts';
import { offlineHoursOf } from '#lib/domain/school/offline-hours.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Id, IsoDate } from '#lib/domain/kernel/ids.ts';
import type { School } from '#lib/domain/school/kinds.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import type { SessionInfo } from '#lib/protocol/session.ts';

/** The person that an account or LeerID belongs to, as signing in sees them. */
export interface Person {
	/** Of the account or LeerID. */
	readonly id: Id;
	readonly kind: 'account' | 'leerId';
	/** null: may not sign in. */
	readonly actor: Actor | null;
	/** Why no password lets this person in; null: one does. */
	readonly blocked: SignInBlock['cause'] | null;
	readonly userName: string;
	readonly name: string;
	readonly email: string | null;
	readonly secretId: Id | null;
	readonly mustChange: boolean;
	/** A basic LeerID keeps the password on its card, and has no address (product.md 38, 39). */
	readonly keepsOwnPassword: boolean;
}

/** null: there is no such account. */
export function personOf(state: StateReader, id: Id, today: IsoDate): Person | null {
	const shared = {
		id,
		actor: actorFor(id, state, today),
		blocked: state.get('signInBlock', id)?.cause ?? null
	};
	const account = state.get('account', id);
	if (account) {
		const { userName, email, secretId, issuedAt } = account;
		const name = accountNameOf(state, account);
		const mustChange = issuedAt !== null;
		const kind = 'account' as const;
		return { ...shared, kind, userName, name, email, secretId, mustChange, keepsOwnPassword: true };
	}
	const leerId = state.get('leerId', id);
	if (!leerId) return null;
	const { userName, email, secretId, mustChange, type, pupilId } = leerId;
	const pupil = state.get('pupil', pupilId);
	return {
		...shared,
		kind: 'leerId',
		userName,
		name: pupil ? fullNameOf(pupil) : userName,
		email,
		secretId,
		mustChange,
		keepsOwnPassword: type === 'advanced'
	};
}

/** Why a person is not let in, though the password was right, or a session is theirs. */
export function notLetIn(person: Person | null): 'blocked' | 'blockedBySchool' | 'accountInactive' {
	if (person?.blocked === 'administration') return 'blockedBySchool';
	return person?.blocked ? 'blocked' : 'accountInactive';
}

/** The school's own record; every open school has one. */
export function schoolIn(state: StateReader): School {
	for (const school of state.all('school')) return school;
	throw new Error('A school without its record');
}

/** The facts that a device is told of who is signed in on it. */
export function sessionInfo(
	state: StateReader,
	{
		school,
		person,
		actor,
		today
	}: {
		readonly school: Id;
		readonly person: Person;
		readonly actor: Actor;
		readonly today: IsoDate;
	}
): SessionInfo {
	return {
		school,
		account: person.id,
		actor,
		today,
		mustChange: person.mustChange,
		offlineHours: offlineHoursOf(actor, schoolIn(state))
	};
}
