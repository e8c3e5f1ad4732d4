import { addDays, daysBetween } from '#lib/domain/kernel/dates.ts';
import { isEnrolled, leerIdOf } from '#lib/domain/credentials/status.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Instant } from '#lib/domain/kernel/ids.ts';
import type { Cast } from './cast.ts';
import { emailOf } from './people.ts';
import type { DemoPupil } from './pupils.ts';
import type { Random } from './random.ts';
import { happening, type Happening, type Story } from './story.ts';

/** The last month is quiet: nobody signs in later than this many days ago. */
const quietDays = 9;

/** Pupils sign in, choose a password of their own, and some of them link an e-mail address. */
export function pupilHappenings(cast: Cast, random: Random): Happening[] {
	return cast.pupils
		.filter(({ number }) => !cast.absent.has(number) && !cast.without.has(number))
		.flatMap((pupil) => signIns(cast, pupil, random));
}

function signIns(cast: Cast, pupil: DemoPupil, random: Random): Happening[] {
	const { calendar } = cast;
	const isNew = pupil.lastGroup === null;
	const first = isNew ? addDays(calendar.yearStart, 2) : addDays(calendar.start, 45);
	const span = daysBetween(first, calendar.today) - quietDays;
	if (span < 1) return [];
	const times = cast.linkers.has(pupil.number) ? 3 : random.between(1, 3);
	const days = Array.from({ length: times }, () => random.int(span));
	return days.map((day) =>
		happening(addDays(first, day), random.between(400, 1080), (story, at) =>
			signIn(story, cast, pupil, at)
		)
	);
}

/** Nothing happens where there is no account yet, or no more. */
function signIn(story: Story, cast: Cast, person: DemoPupil, at: Instant): void {
	const { state, random } = story;
	const [pupil] = state.find('pupilByNumber', person.number);
	const leerId = pupil && leerIdOf(state, pupil.id);
	if (!leerId || !isEnrolled(state, pupil.id, at.slice(0, 10))) return;
	const { id: leerIdId, secretId: fromSecretId } = leerId;
	if (fromSecretId === null) return;
	const by = { actor: pupilActor(leerIdId), at };
	story.make('leerId.signedIn@1', { leerIdId }, by);
	if (!leerId.mustChange) return;
	const change = { leerIdId, fromSecretId, secretId: random.id() };
	story.make('leerId.choosePassword@1', change, by);
	if (!cast.linkers.has(person.number)) return;
	const email = emailOf(person, person.number);
	story.make('leerId.linkEmail@1', { leerIdId, email: [leerId.email, email] }, by);
}

function pupilActor(leerIdId: string): Actor {
	return { id: leerIdId, role: 'pupil', rights: [] };
}
