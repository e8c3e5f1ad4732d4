import { addDays } from '#lib/domain/kernel/dates.ts';
import { isEnrolled, leerIdOf } from '#lib/domain/credentials/status.ts';
import type { Instant, IsoDate } from '#lib/domain/kernel/ids.ts';
import type { LeerId } from '#lib/domain/credentials/kinds.ts';
import type { Pupil } from '#lib/domain/people/kinds.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import { isHoliday, schoolDay, weekday } from './calendar.ts';
import { colleagueActor, type Cast } from './cast.ts';
import { groups } from './groups.ts';
import {
	adjustAccount,
	createAccounts,
	managedLeerIds,
	renewAccounts,
	type Printing
} from './issuing.ts';
import type { Random } from './random.ts';
import { happening, type Happening, type Story } from './story.ts';

/** How many days before today the colleague retired. */
const retiredDaysAgo = 68;

/** The work of the desk on LeerIDs: accounts for each group, renewals, a pupil at the counter. */
export function deskHappenings(cast: Cast, random: Random): Happening[] {
	return [
		...firstAccounts(cast),
		...newAccounts(cast),
		...groupRenewals(cast),
		...atTheCounter(cast, random),
		...retirement(cast)
	];
}

/** After the first import: every group of last year, one after the other. */
function firstAccounts(cast: Cast): Happening[] {
	return groups.map((_, group) => {
		const day = schoolDay(addDays(cast.calendar.start, 4 + 2 * group));
		return happening(day, 500 + 7 * group, (story, at) => createFor(story, cast, group, at));
	});
}

/** After the imports that brought new pupils. */
function newAccounts(cast: Cast): Happening[] {
	const { newYear, midYear } = cast.calendar;
	return groups.flatMap((_, group) => {
		const make = (story: Story, at: Instant) => createFor(story, cast, group, at);
		const first = schoolDay(addDays(newYear, 1 + (group % 4)));
		const second = schoolDay(addDays(midYear, 4));
		return [happening(first, 570 + 9 * group, make), happening(second, 530 + 5 * group, make)];
	});
}

function createFor(story: Story, cast: Cast, group: number, at: Instant): void {
	const day = at.slice(0, 10);
	const pupils = membersOf(story, group, day).filter(
		({ id, pupilNumber }) => !cast.without.has(pupilNumber) && !leerIdOf(story.state, id)
	);
	const grade = groups[group]?.grade ?? 1;
	const [first] = pupils;
	if (!first) return;
	const title = pupils.length === 1 ? fullNameOf(first) : (groups[group]?.name ?? '');
	createAccounts(story, printing(cast, at, title), pupils, () => grade);
}

/** Enrolled pupils of a group, by the name that a list shows first. */
function membersOf(story: Story, group: number, day: IsoDate): Pupil[] {
	const [found] = story.state.find('groupByName', (groups[group]?.name ?? '').toLowerCase());
	const members = found ? story.state.find('pupilByGroup', found.id) : [];
	return members
		.filter(({ id }) => isEnrolled(story.state, id, day))
		.sort((one, other) => (one.familyName < other.familyName ? -1 : 1));
}

/** [days ago, group]: new passwords for a whole group. */
const renewals = [
	[300, 7],
	[262, 14],
	[228, 12],
	[190, 4],
	[155, 16],
	[118, 8],
	[84, 15],
	[47, 6]
] as const;

function groupRenewals(cast: Cast): Happening[] {
	return renewals.map(([daysAgo, group]) =>
		happening(schoolDay(addDays(cast.calendar.today, -daysAgo)), 612, (story, at) => {
			const leerIds = managedLeerIds(story, membersOf(story, group, at.slice(0, 10)));
			renewAccounts(story, printing(cast, at, groups[group]?.name ?? ''), leerIds);
		})
	);
}

/** Cards that were lost, one at a time; the last of them a few days ago. */
function atTheCounter(cast: Cast, random: Random): Happening[] {
	const { today } = cast.calendar;
	const days = Array.from({ length: 54 }, () => random.between(33, 300));
	const atWork = days.filter((daysAgo) => !isHoliday(addDays(today, -daysAgo)));
	const lost = [...atWork, 17, 3, 3].map((daysAgo) =>
		happening(weekday(addDays(today, -daysAgo)), random.between(500, 860), (story, at) => {
			const leerId = story.random.pick(inUse(story, at).filter(({ email }) => email === null));
			const toWord = leerId.passwordKind === 'image' && story.random.chance(0.3);
			const title = titleOf(story, leerId);
			if (toWord) {
				adjustAccount(story, printing(cast, at, title), leerId, { passwordKind: 'word' });
			} else renewAccounts(story, printing(cast, at, title), [leerId]);
		})
	);
	return [...lost, ...exceptions(cast)];
}

/** One pupil lost her mailbox (product.md 38), another wanted a shorter user name. */
function exceptions(cast: Cast): Happening[] {
	const { today } = cast.calendar;
	return [
		happening(schoolDay(addDays(today, -38)), 655, (story, at) => {
			const leerId = inUse(story, at).find(({ email }) => email !== null);
			if (leerId) adjustAccount(story, printing(cast, at, titleOf(story, leerId)), leerId, {});
		}),
		happening(schoolDay(addDays(today, -51)), 702, (story, at) => {
			const leerIds = inUse(story, at).filter(({ email }) => email === null);
			const leerId = leerIds.sort((a, b) => b.userName.length - a.userName.length)[0];
			if (!leerId) return;
			const userName = leerId.userName.slice(0, 18).replace(/\.$/, '');
			adjustAccount(story, printing(cast, at, titleOf(story, leerId)), leerId, { userName });
		})
	];
}

function inUse(story: Story, at: Instant): LeerId[] {
	const day = at.slice(0, 10);
	return [...story.state.all('leerId')].filter(({ pupilId }) =>
		isEnrolled(story.state, pupilId, day)
	);
}

function titleOf(story: Story, { pupilId, userName }: LeerId): string {
	const pupil = story.state.get('pupil', pupilId);
	return pupil ? fullNameOf(pupil) : userName;
}

function retirement(cast: Cast): Happening[] {
	const day = schoolDay(addDays(cast.calendar.today, -retiredDaysAgo));
	const { administrator: actor, colleague } = cast;
	return [
		happening(day, 935, (story, at) =>
			story.make('account.archive@1', { accountId: colleague.id }, { actor, at })
		)
	];
}

/** The colleague prints while she works here, on most days of the week. */
function printing(cast: Cast, at: Instant, title: string): Printing {
	const { today } = cast.calendar;
	const retired = at.slice(0, 10) >= schoolDay(addDays(today, -retiredDaysAgo));
	const hers = !retired && new Date(at).getUTCDay() < 5;
	return { actor: hers ? colleagueActor(cast) : cast.administrator, at, title };
}
