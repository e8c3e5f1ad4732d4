import type { IdentityField } from '../people/identity/same-person.ts';
import type { Group } from '../people/kinds.ts';
import type { Id, IsoDate, Json } from '../kernel/ids.ts';
import type { Kind } from '../registry/kinds.ts';
import type { NumberScheme } from '../kernel/numbers/national-number.ts';
import type { StateReader } from '../registry/state.ts';
import type { ImportedRecord } from './imported-record.ts';
import type { Roster } from './roster.ts';

/** The effects of an import, person by person. Nothing has changed yet. */
export interface ImportPlan {
	readonly source: PlanSource;
	/** Groups that do not exist yet, made when the import runs. */
	readonly newGroups: readonly Group[];
	/** In the order of the file, pupils first; then who gives a number up, and who has *left*. */
	readonly people: readonly PlannedPerson[];
	readonly counts: PlanCounts;
}

/** The things that a plan was made of, so that it can be made again with the decisions. */
export interface PlanSource {
	readonly state: StateReader;
	readonly roster: Roster;
	readonly options: PlanOptions;
}

export interface PlanOptions {
	readonly today: IsoDate;
	readonly newId: () => Id;
	/** The person said that the file is the whole school: who is not in it, has left. */
	readonly whole: boolean;
	/** Doubt id → choice. */
	readonly decisions?: Decisions;
}

export type Decisions = Readonly<Record<string, Choice>>;

/** The number of people (pupils, guardians and staff together) per outcome; they add up. */
export interface PlanCounts {
	readonly new: number;
	readonly changed: number;
	readonly unchanged: number;
	readonly left: number;
	/** With a doubt that nobody has decided. */
	readonly doubt: number;
	/** Not taken over: decided so, or a guardian of nobody else than pupils who are not. */
	readonly skipped: number;
}

export type ImportSubject = 'pupil' | 'guardian' | 'staff';
export type PersonOutcome = keyof PlanCounts;

export interface PlannedPerson {
	/** The same in every plan of the same file: for keyed lists. */
	readonly key: string;
	readonly subject: ImportSubject;
	readonly outcome: PersonOutcome;
	/** The record of the person: an existing one, or the one that will be made. */
	readonly id: Id;
	/** As the file says it, empty where it says nothing; for who has no row, as the school knows it. */
	readonly name: PersonName;
	/** Stamnummer or staff number; empty for guardians. */
	readonly number: string;
	/** Of a pupil; empty: none. */
	readonly groupName: string;
	/** Where the row stands; both absent for who has left, or gives a number up for another row. */
	readonly file?: string;
	readonly line?: number;
	/** Field by field; empty for who is new. */
	readonly changes: readonly FieldChange[];
	/** Decided ones stay here, so that a choice can be changed. */
	readonly doubts: readonly Doubt[];
	/** The records that would be written. Empty while a doubt is open. */
	readonly writes: readonly ImportedRecord[];
}

export interface PersonName {
	readonly givenName: string;
	readonly namePrefix: string;
	readonly familyName: string;
}

export interface FieldChange {
	readonly kind: Kind;
	/** A field of the record, but for a group, which is named by `groupName`. */
	readonly field: string;
	/** Null for both where a value is in no list: a national number. */
	readonly from: Json;
	readonly to: Json;
}

/**
 * - `takeFile`: what the file says; for a number used twice: this row.
 * - `keepHere`: what the school has now, and do not ask again until the file says something else.
 * - `samePerson`: the row is about the person that the doubt names.
 * - `differentPerson`: the row is about somebody else: who the doubt says is found, else somebody new.
 * - `withoutValue`: take the row over, but not the value that cannot be right.
 * - `skip`: leave the row out.
 */
export type Choice =
	'takeFile' | 'keepHere' | 'samePerson' | 'differentPerson' | 'withoutValue' | 'skip';

interface DoubtBase {
	/** The same in every plan of the same file. */
	readonly id: string;
	/** In the order to offer them; `skip` is always one. */
	readonly choices: readonly Choice[];
	/** The decision; null: none yet. */
	readonly chosen: Choice | null;
}

/** By what a person is known, beside their number. */
export type FoundBy = 'nameAndBirthDate' | 'name' | 'nationalNumber' | 'source';

/** Somebody of the school whom a doubt names. */
export interface NamedPerson {
	readonly id: Id;
	readonly name: PersonName;
	/** Stamnummer or staff number; empty for guardians. */
	readonly number: string;
	readonly groupName: string;
	/** Of their account; null: they have none. */
	readonly userName: string | null;
	/** A card of theirs holds. */
	readonly hasCard: boolean;
}

export interface FoundPerson extends NamedPerson {
	readonly by: FoundBy;
	/** `differentPerson` says that it is them; false: that is asked next. */
	readonly certain: boolean;
}

export type OnlyDifference = 'birthDate' | 'givenName' | NumberScheme;

/** A person who has the number or the key of a row that seems to be about somebody else. */
export interface OtherHolder {
	readonly holder: NamedPerson;
	/** The fields that tell them apart, as the school knows them and as the file says them. */
	readonly differs: readonly {
		readonly field: IdentityField;
		readonly here: string;
		readonly inFile: string;
	}[];
	/**
	 * The one thing of a pupil that differs, where nobody else can be meant: a correction is likely.
	 * *birthDate*: with the sex or without it. A scheme: the national number, which is in no doubt.
	 */
	readonly only: OnlyDifference | null;
	/** Somebody else of the school that the row may be about. */
	readonly found: FoundPerson | null;
	/** Where the file seems to have the holder: rows under other numbers. */
	readonly lines: readonly number[];
	/** The number that the holder gets where theirs goes to somebody else. Empty: none is lost. */
	readonly freedNumber: string;
}

export type Doubt = DoubtBase &
	(
		| { readonly code: 'missingNumber' }
		| { readonly code: 'missingName' }
		/** The other rows of the file with this number. */
		| {
				readonly code: 'numberUsedTwice';
				readonly number: string;
				readonly lines: readonly number[];
		  }
		/** The number of the row is that of a pupil whom the row does not seem to be about. */
		| ({ readonly code: 'anotherPupil' } & OtherHolder)
		/** The same of a staff number, or of a guardian's key in the package. */
		| ({ readonly code: 'anotherPerson' } & OtherHolder)
		/** The school knows somebody who looks the same, under another number. */
		| {
				readonly code: 'otherNumber';
				readonly by: FoundBy;
				readonly otherId: Id;
				readonly otherName: PersonName;
				readonly otherNumber: string;
				readonly otherGroupName: string;
		  }
		/** Other rows of the file have the same name, and no other birth date, under other numbers. */
		| { readonly code: 'twiceInFile'; readonly lines: readonly number[] }
		/** The digits break the rule of every scheme that the school's country has. */
		| { readonly code: 'invalidNationalNumber'; readonly schemes: readonly NumberScheme[] }
		/** Passes its check, but says another birth date or sex than the row does. */
		| { readonly code: 'implausibleNationalNumber' }
		/** Another row of the file (see `lines`), or another pupil, has this national number. */
		| { readonly code: 'nationalNumberUsedTwice'; readonly lines: readonly number[] }
		/** A date that is none, a sex that is none, a name that cannot be split. */
		| { readonly code: 'unreadableValue'; readonly field: string; readonly text: string }
		/** Longer than `maxValueLength`. */
		| { readonly code: 'valueTooLong'; readonly field: string; readonly length: number }
		| { readonly code: 'endsBeforeStart'; readonly from: IsoDate; readonly to: IsoDate }
		/** Of a guardian: neither the file nor the school has a pupil with this number. */
		| { readonly code: 'childNotFound'; readonly number: string }
		/** The field was changed here since the last import, and the file says something else. */
		| {
				readonly code: 'changedHere';
				readonly kind: Kind;
				readonly field: string;
				/** The value in the last import. */
				readonly before: string;
				readonly here: string;
				readonly inFile: string;
		  }
	);

export type DoubtCode = Doubt['code'];

/** The reasons by which rows can be decided together. */
export type DoubtReason = DoubtCode | 'otherBirthDate';

export function reasonOf(doubt: Doubt): DoubtReason {
	if (doubt.code === 'anotherPupil' && doubt.only === 'birthDate') return 'otherBirthDate';
	return doubt.code;
}

/**
 * The choices that can be made for all rows of a reason. That somebody with another name is the
 * same person is looked at one by one: after a wrong sort it would give every account of a school
 * away. That a birth date was corrected is no reason to have everybody twice.
 */
export function choicesForAll(doubt: Doubt): readonly Choice[] {
	const not = notForAll[reasonOf(doubt)];
	return doubt.choices.filter((choice) => choice !== not);
}

const notForAll: Readonly<Partial<Record<DoubtReason, Choice>>> = {
	anotherPupil: 'samePerson',
	anotherPerson: 'samePerson',
	otherBirthDate: 'differentPerson'
};

/** Characters of a name, an address line and the like. */
export const maxValueLength = 300;
