import { userNameIn, userNameKey } from '../accounts/imported-user-name.ts';
import {
	isPlausible,
	readNationalNumber,
	type NumberScheme
} from '../kernel/numbers/national-number.ts';
import type { Id } from '../kernel/ids.ts';
import type { Pupil } from '../people/kinds.ts';
import { askMissingName, askTooLong, askUnreadable, without } from './check-row.ts';
import { DoubtList } from './doubt-list.ts';
import type { PupilMatcher } from './match-pupils.ts';
import { nameOf } from './person-names.ts';
import type { PlannedPerson } from './plan.ts';
import type { PlanContext } from './plan-context.ts';
import { enrolmentChanges, planEnrolment } from './plan-enrolment.ts';
import { outcomeOf } from './outcome.ts';
import { PersonDiff, textOf, type Said } from './record-diff.ts';
import type { RosterPupil } from './roster.ts';

/** Plans one row about a pupil. */
export function planPupil(
	context: PlanContext,
	matcher: PupilMatcher,
	row: RosterPupil,
	index: number
): PlannedPerson {
	const key = `pupil:${index}`;
	const doubts = new DoubtList(key, context.decisions);
	const pupil = matcher.match(row, doubts);
	const id = pupil?.id ?? context.newId();
	const facts: PupilFacts = { context, row, pupil, id, doubts };
	const diff = new PersonDiff(doubts, context.state.get('importBase', id) ?? null);
	writePupil(facts, diff);
	writeNumberAndOfficial(facts, matcher, diff);
	writeEnrolment(facts, diff);
	diff.note(userNameKey, userNameIn(row.userName));
	diff.base(context.state.get('importBase', id) ?? null, {
		id,
		subject: 'pupil',
		sourceKey: context.sourceOf(row.sourceKey || (pupil?.pupilNumber ?? row.pupilNumber))
	});
	return {
		key,
		subject: 'pupil',
		...outcomeOf(doubts, diff, pupil !== undefined),
		id,
		name: nameOf(row),
		number: row.pupilNumber,
		groupName: row.groupName ?? context.groups.nameOf(pupil?.groupId ?? null),
		file: row.file,
		line: row.line
	};
}

interface PupilFacts {
	readonly context: PlanContext;
	readonly row: RosterPupil;
	readonly pupil: Pupil | undefined;
	readonly id: Id;
	readonly doubts: DoubtList;
}

const emptyAddress = {
	street: '',
	houseNumber: '',
	postcode: '',
	city: '',
	phone: '',
	email: ''
};
const neededFields = new Set(['sourceKey', 'pupilNumber', 'givenName', 'familyName', 'groupName']);

/** Name and group, birth date and sex, address. */
function writePupil({ context, row, pupil, id, doubts }: PupilFacts, diff: PersonDiff): void {
	const { state, groups } = context;
	const known = pupil !== undefined;
	const unreadable = askUnreadable(withPrefix(row), pupil, doubts);
	const keepsName = askMissingName(withPrefix(row), pupil, doubts);
	const { sourceKey, pupilNumber, givenName, namePrefix, familyName, groupName } = row;
	const names = { sourceKey, pupilNumber, givenName, namePrefix, familyName, groupName };
	const dropped = askTooLong({ ...names, ...row.contact }, neededFields, doubts);
	const said: Said<'pupil'> = {
		pupilNumber: pupilNumber === '' ? undefined : pupilNumber,
		...(keepsName ? {} : { givenName, namePrefix, familyName }),
		groupId:
			groupName === undefined || dropped.has('groupName') ? undefined : groups.idOf(groupName)
	};
	diff.record('pupil', id, pupil, without(said, dropped), {
		defaults: { pupilNumber: '', givenName: '', namePrefix: '', familyName: '', groupId: null },
		tracked: true,
		fieldName: (field) => (field === 'groupId' ? 'groupName' : field),
		display: (field, value) =>
			field === 'groupId' ? groups.nameOf(value as Id | null) : textOf(value)
	});
	const { birthDate, sex } = row;
	const identity = state.get('pupilIdentity', id);
	diff.record('pupilIdentity', id, identity, without({ birthDate, sex }, unreadable), {
		defaults: { birthDate: null, sex: null },
		optional: true,
		tracked: true,
		showAdded: known
	});
	const contact = state.get('pupilContact', id);
	diff.record('pupilContact', id, contact, without(row.contact ?? {}, dropped), {
		defaults: emptyAddress,
		optional: true,
		tracked: true,
		showAdded: known
	});
}

function withPrefix(row: RosterPupil): RosterPupil & { readonly namePrefix: string } {
	return { ...row, namePrefix: row.namePrefix ?? '' };
}

/** Official data only on a valid number (product.md 33); what the school has is never taken away. */
function writeNumberAndOfficial(facts: PupilFacts, matcher: PupilMatcher, diff: PersonDiff): void {
	const { context, row, pupil, id, doubts } = facts;
	const { state } = context;
	const known = pupil !== undefined;
	const number = readNumber(facts, matcher);
	const held = state.get('nationalNumber', id);
	if (number) {
		diff.record('nationalNumber', id, held, number, {
			defaults: number,
			showAdded: known,
			hidden: true
		});
	}
	if (!row.official || (!number && !held)) return;
	const dropped = askTooLong(prefixed(row.official), new Set(), doubts);
	const unreadable = row.unreadable.map(({ field }) => field);
	const { givenName, familyName, sex, birthDate } = row.official;
	const nothing = [...dropped, ...unreadable].flatMap((field) =>
		field.startsWith('official.') ? [field.slice('official.'.length)] : []
	);
	const said = without({ givenName, familyName, sex, birthDate }, new Set(nothing));
	diff.record('pupilOfficial', id, state.get('pupilOfficial', id), said, {
		defaults: { givenName: '', familyName: '', sex: null, birthDate: null },
		showAdded: known
	});
}

function prefixed(official: object): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(official).map(([field, value]) => [`official.${field}`, value as unknown])
	);
}

/** The national number to write; null: none that is certain. */
function readNumber(
	{ context, row, pupil, id, doubts }: PupilFacts,
	matcher: PupilMatcher
): { readonly scheme: NumberScheme; readonly value: string } | null {
	const text = row.nationalNumber ?? '';
	if (text === '') return null;
	const number = readNationalNumber(text, context.country);
	if (!number) {
		const schemes: NumberScheme[] =
			context.country === 'BE' ? ['rijksregister', 'bis'] : ['bsn', 'onderwijsnummer'];
		doubts.ask({ code: 'invalidNationalNumber', schemes }, ['withoutValue', 'skip']);
		return null;
	}
	const { rows, elsewhere } = matcher.nationalNumberElsewhere(number.value, row, pupil);
	if (elsewhere) {
		const lines = rows.map(({ line }) => line);
		doubts.ask({ code: 'nationalNumberUsedTwice', lines }, ['withoutValue', 'skip']);
		return null;
	}
	const held = context.state.get('nationalNumber', id)?.value === number.value;
	if (held || isPlausible(number, row)) return number;
	const choices = ['takeFile', 'withoutValue', 'skip'] as const;
	const chosen = doubts.ask({ code: 'implausibleNationalNumber' }, choices);
	return chosen === 'takeFile' ? number : null;
}

function writeEnrolment({ context, row, id, doubts }: PupilFacts, diff: PersonDiff): void {
	const { state, today, yearEnd, newId } = context;
	const said = without(
		{ from: row.enrolledFrom, to: row.enrolledTo },
		new Set(row.unreadable.map(({ field }) => enrolmentFields[field] ?? ''))
	);
	const { from } = said;
	let { to } = said;
	if (from && to && to < from) {
		doubts.ask({ code: 'endsBeforeStart', from, to }, ['withoutValue', 'skip']);
		to = undefined;
	}
	const enrolments = state.find('enrolmentByPupil', id);
	const writes = planEnrolment({ pupilId: id, enrolments, from, to, today, yearEnd, newId });
	diff.writes.push(...writes);
	diff.changes.push(...enrolmentChanges(writes));
}

const enrolmentFields: Readonly<Record<string, string>> = {
	enrolledFrom: 'from',
	enrolledTo: 'to'
};
