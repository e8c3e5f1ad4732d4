import { laterSettings } from '../school/settings.ts';
import type { Actor } from '../kernel/actor.ts';
import type { CredentialCard, LeerId } from '../credentials/kinds.ts';
import type { Id, IsoDate } from '../kernel/ids.ts';
import type { School } from '../school/kinds.ts';
import { run } from '../registry/run.ts';
import { SchoolState } from '../registry/state.ts';
import { asciiLetters } from '../kernel/text/transliterate.ts';
import { importMutations, type ImportCommand } from './import-commands.ts';
import type { Choice, Decisions, ImportPlan, PlanOptions } from './plan.ts';
import { planImport } from './plan-import.ts';
import type { Roster, RosterPupil } from './roster.ts';

/** A school, and imports into it, for the tests of this folder. */

const school: School = {
	...laterSettings,
	kind: 'school',
	id: 'school',
	name: 'De Sleutel',
	number: '12345',
	country: 'BE',
	loginBase: 'https://mijn.leerid.be/',
	imagePasswordLength: 5,
	imagePasswordChoices: 20,
	lockAfterMinutes: 10,
	schoolYearEnd: '08-31'
};

export const administration: Actor = { id: 'actor', role: 'administration', rights: ['import'] };
export const today: IsoDate = '2026-11-21';

export function emptySchool(): SchoolState {
	return new SchoolState([school]);
}

let made = 0;
export const newId = (): Id => `id-${++made}`;

export function roster(parts: Partial<Roster>): Roster {
	return { format: 'CSV', pupils: [], guardians: [], staff: [], ...parts };
}

export function pupilRow(
	row: Partial<RosterPupil> & { readonly pupilNumber: string }
): RosterPupil {
	return {
		line: 2,
		unreadable: [],
		sourceKey: row.pupilNumber,
		givenName: 'Aylin',
		familyName: 'Peeters',
		...row
	};
}

export function plan(
	state: SchoolState,
	file: Roster,
	options: Partial<PlanOptions> = {}
): ImportPlan {
	return planImport(state, file, { today, newId, whole: false, ...options });
}

export function commandsOf(planned: ImportPlan, decisions: Decisions = {}) {
	return importMutations(planned, decisions, {
		importRunId: newId(),
		actorId: administration.id,
		madeAt: `${planned.source.options.today}T08:00:00.000Z`,
		fileName: 'leerlingen.csv'
	});
}

/** Runs the mutations of a plan over the state; a refusal fails the test that asked for it. */
export function carryOut(state: SchoolState, planned: ImportPlan, decisions: Decisions = {}) {
	const commands = commandsOf(planned, decisions);
	for (const command of commands) runCommand(state, command, planned.source.options.today);
	return commands;
}

export function runCommand(state: SchoolState, command: ImportCommand, date: IsoDate = today) {
	const outcome = run(
		state,
		{
			...command,
			uid: newId(),
			batch: 'batch',
			actorId: administration.id,
			madeAt: `${date}T08:00:00.000Z`
		},
		{ actor: administration, today: date }
	);
	if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
	state.apply(outcome.value);
}

/** Plans and carries out at once. */
export function importInto(
	state: SchoolState,
	file: Roster,
	options: Partial<PlanOptions> = {}
): ImportPlan {
	const planned = plan(state, file, options);
	carryOut(state, planned, options.decisions ?? {});
	return planned;
}

/** Gives a pupil a LeerID named after them, and a card that holds. */
export function giveLeerId(state: SchoolState, pupilId: Id): void {
	const pupil = state.get('pupil', pupilId);
	const words = [pupil?.givenName ?? '', pupil?.familyName ?? ''];
	const madeAt = `${today}T09:00:00.000Z`;
	const leerId: LeerId = {
		kind: 'leerId',
		id: newId(),
		pupilId,
		type: 'basic',
		userName: words.map(asciiLetters).join('.'),
		passwordKind: 'word',
		secretId: newId(),
		email: null,
		mustChange: false,
		createdAt: madeAt,
		lastSignInAt: null
	};
	const card: CredentialCard = {
		kind: 'credentialCard',
		id: newId(),
		pupilId,
		leerIdId: leerId.id,
		issue: 1,
		secretId: leerId.secretId ?? '',
		printRunId: 'print',
		state: 'current',
		madeAt,
		endedAt: null
	};
	state.apply({ puts: [leerId, card], removes: [] });
}

/** The one person of a plan. */
export function only(planned: ImportPlan) {
	const [person] = planned.people;
	if (!person || planned.people.length > 1) throw new Error('expected one person');
	return person;
}

/** The same choice for every doubt of a plan. */
export function allDecided(planned: ImportPlan, choice: Choice) {
	const doubts = planned.people.flatMap((person) => person.doubts);
	return Object.fromEntries(doubts.map(({ id }) => [id, choice]));
}
