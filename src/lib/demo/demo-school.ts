import { rights, type Actor } from '#lib/domain/kernel/actor.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { Id, IsoDate } from '#lib/domain/kernel/ids.ts';
import type { School } from '#lib/domain/school/kinds.ts';
import { laterAccountFields } from '#lib/domain/accounts/account-rules.ts';
import { addDays } from '#lib/domain/kernel/dates.ts';
import { laterSettings } from '#lib/domain/school/settings.ts';
import { accountHappenings } from './accounts.ts';
import { calendarFor, momentOn, schoolDay, type Calendar } from './calendar.ts';
import { castFor, type Cast } from './cast.ts';
import { deskHappenings } from './desk.ts';
import { importFile } from './import-file.ts';
import { drawPupils } from './pupils.ts';
import { Random } from './random.ts';
import { rosterIn } from './roster.ts';
import { pupilHappenings } from './signing-in.ts';
import { happening, Story, type DemoStep, type Happening } from './story.ts';

export interface DemoInput {
	/** The history ends a few days before it. */
	readonly today: IsoDate;
	/** The person who opens the school. */
	readonly account: { readonly userName: string; readonly displayName: string };
	/** Ed25519, as in `CardKey` and `CardKeyPrivate`. */
	readonly keys: { readonly publicKey: string; readonly privateKey: string };
}

export interface DemoSchool {
	readonly schoolName: string;
	/** Of `input.account`. */
	readonly accountId: Id;
	/** In order; the first is `school.create@1`. The rules accept every one of them. */
	readonly steps: readonly DemoStep[];
}

const schoolName = 'Demoschool De Sleutelbloem';
const seed = 1_470_258;

/**
 * A made-up school of 420 pupils in 18 groups with a year of history (product.md, issue 2), as the
 * mutations that make it. The same input makes the same school. Throws only where a rule refuses,
 * which a test keeps from happening.
 */
export function demoSchool(input: DemoInput): DemoSchool {
	const calendar = calendarFor(input.today);
	const random = new Random(seed);
	const pupils = drawPupils(random, calendar);
	const accountId = random.id();
	const administrator: Actor = { id: accountId, role: 'administration', rights: [...rights] };
	const cast = castFor(calendar, pupils, administrator, random);
	const story = new Story(random);
	found(story, cast, input);
	story.tell([
		...settingsHappenings(cast),
		...importHappenings(cast),
		...deskHappenings(cast, random),
		...accountHappenings(cast, random),
		...pupilHappenings(cast, random)
	]);
	return { schoolName, accountId, steps: story.steps };
}

function found(story: Story, cast: Cast, { account: { userName, displayName }, keys }: DemoInput) {
	const { administrator: actor, calendar, colleague } = cast;
	const { id, rights } = actor;
	const role = 'administration';
	const account: Account = {
		...laterAccountFields,
		kind: 'account',
		id,
		userName,
		displayName,
		role,
		rights,
		archivedAt: null
	};
	const keyId = story.random.id();
	const { publicKey, privateKey } = keys;
	story.make(
		'school.create@1',
		{
			school: demoSettings(story.random.id()),
			account,
			cardKey: { kind: 'cardKey', id: keyId, number: 1, publicKey, retiredAt: null },
			cardKeyPrivate: { kind: 'cardKeyPrivate', id: keyId, privateKey }
		},
		{ actor, at: momentOn(calendar.start, 430) }
	);
	story.make(
		'account.create@1',
		{ account: colleague },
		{ actor, at: momentOn(calendar.start, 437) }
	);
}

function demoSettings(id: Id): School {
	return {
		...laterSettings,
		kind: 'school',
		id,
		name: schoolName,
		number: '123456',
		country: 'BE',
		loginBase: 'https://mijn.leerid.be/',
		imagePasswordLength: 4,
		imagePasswordChoices: 20,
		lockAfterMinutes: 10,
		schoolYearEnd: '08-31'
	};
}

function settingsHappenings({ administrator: actor, calendar }: Cast): Happening[] {
	const shortLock = schoolDay(addDays(calendar.start, 52));
	return [
		happening(shortLock, 480, (story, at) =>
			story.make('school.changeSettings@1', { edit: { lockAfterMinutes: [10, 15] } }, { actor, at })
		),
		// Before the cards of the new school year are made.
		happening(calendar.newYear, 690, (story, at) =>
			story.make(
				'school.changeSettings@1',
				{ edit: { imagePasswordLength: [4, 5] } },
				{ actor, at }
			)
		)
	];
}

/** The three files that the administration package gave. */
function importHappenings(cast: Cast): Happening[] {
	const { calendar } = cast;
	const { start, newYear, midYear } = calendar;
	return [
		[start, 'leerlingen.xlsx'],
		[newYear, `leerlingen ${schoolYearOf(calendar)}.xlsx`],
		[midYear, 'export_leerlingen.xlsx']
	].map(([day = '', fileName = '']) =>
		happening(day, day === midYear ? 775 : 550, (story, at) => {
			const phase = { thisYear: day >= newYear, afterMidYear: day >= midYear };
			const roster = rosterIn(cast.pupils, phase, calendar);
			importFile(story, { actor: cast.administrator, at, fileName, roster });
		})
	);
}

function schoolYearOf({ yearStart, yearEnd }: Calendar): string {
	return `${yearStart.slice(0, 4)}-${yearEnd.slice(0, 4)}`;
}
