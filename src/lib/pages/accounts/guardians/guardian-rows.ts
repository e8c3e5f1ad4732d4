import { guardiansMaySee, isOfAge } from '#lib/domain/accounts/guardian-access.ts';
import { isEnrolled } from '#lib/domain/credentials/status.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { Guardian, Pupil } from '#lib/domain/people/kinds.ts';
import type { Id, IsoDate } from '#lib/domain/kernel/ids.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { fold } from '#lib/domain/kernel/text/fold.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { StatusLook } from '#lib/ui/look/tone.ts';

/** none: no account; letter: the password is still the school's; own: they chose one. */
export type GuardianStanding = 'none' | 'letter' | 'own' | 'blocked' | 'archived';

export const standings: readonly GuardianStanding[] = [
	'none',
	'letter',
	'own',
	'blocked',
	'archived'
];

const looks: Record<GuardianStanding, () => StatusLook> = {
	none: () => ({ text: m.account_state_none(), shape: 'none', tone: 'neutral' }),
	letter: () => ({ text: m.account_state_letter(), shape: 'half', tone: 'info' }),
	own: () => ({ text: m.account_state_own(), shape: 'full', tone: 'success' }),
	blocked: () => ({ text: m.account_state_blocked(), shape: 'empty', tone: 'danger' }),
	archived: () => ({ text: m.account_state_archived(), shape: 'empty', tone: 'neutral' })
};

export function lookOf(standing: GuardianStanding): StatusLook {
	return looks[standing]();
}

export interface GuardianRow {
	readonly guardian: Guardian;
	readonly name: string;
	/** *Noor Peeters, Sam Peeters*. */
	readonly children: string;
	/** Of those children. */
	readonly groupIds: readonly Id[];
	readonly account: Account | undefined;
	readonly standing: GuardianStanding;
	/** Folded names of guardian and children, to search in. */
	readonly search: string;
}

/** Guardians who have a child at the school, or an account. */
export function guardianRows(state: SchoolState, today: IsoDate): GuardianRow[] {
	const accounts = new Map<Id, Account>();
	for (const account of state.all('account')) {
		if (account.guardianId !== null) accounts.set(account.guardianId, account);
	}
	const children = new Map<Id, Pupil[]>();
	for (const { guardianId, pupilId } of state.all('guardianship')) {
		const pupil = state.get('pupil', pupilId);
		if (!pupil || !isEnrolled(state, pupilId, today)) continue;
		const known = children.get(guardianId);
		if (known) known.push(pupil);
		else children.set(guardianId, [pupil]);
	}
	return [...state.all('guardian')].flatMap((guardian) => {
		const account = accounts.get(guardian.id);
		const own = children.get(guardian.id) ?? [];
		if (!account && own.length === 0) return [];
		const name = fullNameOf(guardian);
		const childNames = own.map(fullNameOf).join(', ');
		return {
			guardian,
			name,
			children: childNames,
			groupIds: own.flatMap(({ groupId }) => groupId ?? []),
			account,
			standing: standingOf(state, account),
			search: fold(`${name} ${childNames} ${account?.userName ?? ''}`)
		};
	});
}

export function standingOf(state: SchoolState, account: Account | undefined): GuardianStanding {
	if (!account) return 'none';
	if (account.archivedAt !== null) return 'archived';
	if (state.get('signInBlock', account.id)) return 'blocked';
	return account.issuedAt === null ? 'own' : 'letter';
}

/** A child of a guardian, and why the guardian does not see their details, if so. */
export interface GuardianChild {
	readonly pupil: Pupil;
	readonly note: string;
}

export function childrenOf(
	state: SchoolState,
	guardianId: Id,
	today: IsoDate
): readonly GuardianChild[] {
	return state.find('guardianshipByGuardian', guardianId).flatMap(({ pupilId, authority }) => {
		const pupil = state.get('pupil', pupilId);
		return pupil ? { pupil, note: noteOf(state, pupilId, { authority, today }) } : [];
	});
}

function noteOf(
	state: SchoolState,
	pupilId: Id,
	{ authority, today }: { readonly authority: boolean | null; readonly today: IsoDate }
): string {
	if (authority === false) return m.account_no_authority();
	if (!isOfAge(state, pupilId, today)) return '';
	return guardiansMaySee(state, pupilId, today) ? m.account_of_age_allowed() : m.account_of_age();
}
