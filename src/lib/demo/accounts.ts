import { accountUserNameBase, userNameGenerator } from '#lib/domain/credentials/user-name.ts';
import { isUserNameTaken } from '#lib/domain/credentials/user-names.ts';
import { laterAccountFields } from '#lib/domain/accounts/account-rules.ts';
import { systemActor } from '#lib/domain/credentials/actor-ids.ts';
import { addDays } from '#lib/domain/kernel/dates.ts';
import { temporaryPassword } from '#lib/domain/credentials/password.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { Guardian, Staff } from '#lib/domain/people/kinds.ts';
import type { Instant } from '#lib/domain/kernel/ids.ts';
import { momentOn, schoolDay } from './calendar.ts';
import type { Cast } from './cast.ts';
import { groups } from './groups.ts';
import type { Random } from './random.ts';
import { happening, type Happening, type Story } from './story.ts';

/** The groups whose parents have accounts: the others are still to get theirs. */
const groupsWithParents = [2, 3, 4, 5, 6, 7, 8, 9];

/** How many of those parents have signed in and chosen a password of their own. */
const shareOfOwn = 0.7;

/** The work of the desk on the accounts of teachers and parents. */
export function accountHappenings(cast: Cast, random: Random): Happening[] {
	const { start, newYear, yearStart, today } = cast.calendar;
	const inFirstWeek = addDays(yearStart, 5);
	const firstSignIn = inFirstWeek < addDays(today, -5) ? inFirstWeek : addDays(today, -5);
	const last = schoolDay(addDays(today, -4));
	return [
		happening(schoolDay(addDays(start, 1)), 600, (story, at) => teachers(story, cast, at)),
		...groupsWithParents.map((group, index) =>
			happening(schoolDay(addDays(newYear, 2)), 600 + 6 * index, (story, at) =>
				parents(story, cast, groups[group]?.name ?? '', at)
			)
		),
		happening(firstSignIn, 1100, (story, at) => firstSignIns(story, at, random)),
		happening(last, 700, (story, at) => blocked(story, at, random))
	];
}

/** Gives an account to those who have a group of their own, with it. */
function teachers(story: Story, { administrator: actor }: Cast, at: Instant): void {
	const batch = story.random.id();
	const staff = [...story.state.all('staff')].filter(({ groupIds }) => groupIds.length > 0);
	for (const member of staff) {
		const { givenName, groupIds, email } = member;
		const person = { ...member, initials: givenName.slice(0, 1) };
		const account: Account = { ...accountFor(story, person), role: 'teacher', groupIds, email };
		story.make('account.create@1', { account }, { actor, at, batch });
	}
}

/** *Accounts maken* for a group, with a letter each. */
function parents(story: Story, { administrator: actor }: Cast, group: string, at: Instant): void {
	const { state, random } = story;
	const batch = random.id();
	for (const guardian of guardiansOf(story, group)) {
		if (state.find('accountByGuardian', guardian.id).length > 0) continue;
		const secretId = random.id();
		const email = state.get('guardianContact', guardian.id)?.email ?? '';
		const account: Account = {
			...accountFor(story, guardian),
			role: 'guardian',
			guardianId: guardian.id,
			email: email === '' ? null : email,
			secretId
		};
		const secrets = { [secretId]: temporaryPassword(random.int) };
		story.make('account.create@1', { account }, { actor, at, batch, secrets });
	}
}

function guardiansOf({ state }: Story, groupName: string): Guardian[] {
	const [group] = state.find('groupByName', groupName.toLowerCase());
	const links = (group ? state.find('pupilByGroup', group.id) : []).flatMap(({ id }) =>
		state.find('guardianshipByPupil', id)
	);
	const ids = new Set(links.map(({ guardianId }) => guardianId));
	return [...ids].flatMap((id) => state.get('guardian', id) ?? []);
}

function accountFor(
	{ state, random }: Story,
	person: Pick<Guardian | Staff, 'givenName' | 'namePrefix' | 'familyName'> & { initials: string }
): Account {
	const base = accountUserNameBase(person, 'ouder');
	const userName = userNameGenerator((name) => isUserNameTaken(state, name))(base);
	return {
		...laterAccountFields,
		kind: 'account',
		id: random.id(),
		userName,
		displayName: fullNameOf(person),
		role: 'teacher',
		rights: [],
		archivedAt: null
	};
}

function firstSignIns(story: Story, at: Instant, random: Random): void {
	for (const account of [...story.state.all('account')]) {
		const { id, role, rights, secretId: fromSecretId } = account;
		if (role !== 'guardian' || !random.chance(shareOfOwn)) continue;
		const args = { accountId: id, fromSecretId, secretId: story.random.id() };
		story.make('account.choosePassword@1', args, { actor: { id, role, rights }, at });
	}
}

/** One parent forgot the password, and one got mail that they had not asked for. */
function blocked(story: Story, at: Instant, random: Random): void {
	const own = [...story.state.all('account')].filter(
		({ role, issuedAt }) => role === 'guardian' && issuedAt === null
	);
	const [forgetful, surprised] = random.some(own, 2);
	const by = { actor: systemActor, at };
	if (forgetful) {
		const block = { accountId: forgetful.id, cause: 'wrongPasswords' } as const;
		story.make('signIn.block@1', block, by);
	}
	if (surprised) {
		const report = { reportId: story.random.id(), accountId: surprised.id };
		story.make('signIn.report@1', report, { ...by, at: momentOn(at, 0, 30) });
	}
}
