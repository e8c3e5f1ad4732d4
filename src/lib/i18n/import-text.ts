import type {
	Choice,
	Doubt,
	DoubtCode,
	DoubtReason,
	FieldChange,
	ImportSubject,
	PersonName,
	PersonOutcome
} from '#lib/domain/import/plan.ts';
import type { FreedIfSkipped } from '#lib/domain/import/holders/freed-if-skipped.ts';
import type { ImportedRecord } from '#lib/domain/import/imported-record.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { Json } from '#lib/domain/kernel/ids.ts';
import { fieldText, linesText, valueText } from './import-field-text.ts';
import {
	holderChoice,
	holderHint,
	namedText,
	otherHolderText,
	skipHint
} from './import-holder-text.ts';
import { formatNumber, formatShortDate } from './format.ts';
import { m } from './paraglide/messages.js';

const outcomes: Record<PersonOutcome, () => string> = {
	new: m.import_outcome_new,
	changed: m.import_outcome_changed,
	doubt: m.import_outcome_doubt,
	left: m.import_outcome_left,
	unchanged: m.import_outcome_unchanged,
	skipped: m.import_outcome_skipped
};

export function outcomeText(outcome: PersonOutcome): string {
	return outcomes[outcome]();
}

const subjects: Record<ImportSubject, () => string> = {
	pupil: m.import_subject_pupil,
	guardian: m.import_subject_guardian,
	staff: m.import_subject_staff
};

export function subjectText(subject: ImportSubject): string {
	return subjects[subject]();
}

/** `412 leerlingen`. */
export function subjectCountText(subject: ImportSubject, count: number): string {
	const counted = { count, number: formatNumber(count) };
	if (subject === 'pupil') return m.import_subject_pupils(counted);
	return subject === 'staff'
		? m.import_subject_staffs(counted)
		: m.import_subject_guardians(counted);
}

const titles: Record<DoubtReason, () => string> = {
	missingNumber: m.import_doubt_missing_number,
	missingName: m.import_doubt_missing_name,
	numberUsedTwice: m.import_doubt_number_twice,
	anotherPupil: m.import_doubt_another_pupil,
	anotherPerson: m.import_doubt_another_person,
	otherBirthDate: m.import_doubt_other_birth_date,
	otherNumber: m.import_doubt_other_number,
	twiceInFile: m.import_doubt_twice_in_file,
	invalidNationalNumber: m.import_doubt_invalid_national,
	implausibleNationalNumber: m.import_doubt_implausible_national,
	nationalNumberUsedTwice: m.import_doubt_national_twice,
	unreadableValue: m.import_doubt_unreadable,
	valueTooLong: m.import_doubt_too_long,
	endsBeforeStart: m.import_doubt_end_before_start,
	childNotFound: m.import_doubt_child_not_found,
	changedHere: m.import_doubt_changed_here
};

/** A reason in a few words, to filter and to decide by. */
export function doubtTitle(reason: DoubtReason): string {
	return titles[reason]();
}

type Sentences = {
	[Code in DoubtCode]: (doubt: Extract<Doubt, { code: Code }>, name: PersonName) => string;
};

/** A code without a sentence does not compile. */
const sentences: Sentences = {
	missingNumber: () => m.import_why_missing_number(),
	missingName: () => m.import_why_missing_name(),
	numberUsedTwice: ({ number, lines }) =>
		m.import_why_number_twice({ number, lines: linesText(lines) }),
	anotherPupil: otherHolderText,
	anotherPerson: otherHolderText,
	otherNumber: otherNumberText,
	twiceInFile: ({ lines }) => m.import_why_twice_in_file({ lines: linesText(lines) }),
	invalidNationalNumber: ({ schemes }) =>
		schemes.includes('bsn') ? m.import_why_invalid_dutch() : m.import_why_invalid_belgian(),
	implausibleNationalNumber: () => m.import_why_implausible(),
	nationalNumberUsedTwice: ({ lines }) =>
		lines.length > 0
			? m.import_why_national_twice_file({ lines: linesText(lines) })
			: m.import_why_national_twice_school(),
	unreadableValue: ({ field, text }, name) =>
		field === 'fullName'
			? m.import_why_unreadable_name({ text, name: fullNameOf(name) })
			: m.import_why_unreadable({ field: fieldText(field), text }),
	valueTooLong: ({ field, length }) =>
		m.import_why_too_long({ field: fieldText(field), length: formatNumber(length) }),
	endsBeforeStart: ({ from, to }) =>
		m.import_why_end_before_start({ from: formatShortDate(from), to: formatShortDate(to) }),
	childNotFound: ({ number }) => m.import_why_child_not_found({ number }),
	changedHere: ({ kind, field }) => m.import_why_changed_here({ field: fieldText(field, kind) })
};

/** Why a row is in doubt, in a sentence. `name`: of the row. */
export function doubtText(doubt: Doubt, name: PersonName): string {
	const sentence = sentences[doubt.code] as (doubt: Doubt, name: PersonName) => string;
	return sentence(doubt, name);
}

function otherNumberText(doubt: Extract<Doubt, { code: 'otherNumber' }>): string {
	const other = otherPersonText(doubt);
	switch (doubt.by) {
		case 'nameAndBirthDate':
			return m.import_why_same_name_date({ other });
		case 'name':
			return m.import_why_same_name({ other });
		case 'nationalNumber':
			return m.import_why_same_national({ other });
		case 'source':
			return m.import_why_same_source({ other });
	}
}

function otherPersonText(doubt: Extract<Doubt, { code: 'otherNumber' }>): string {
	const { otherName: name, otherNumber: number, otherGroupName: groupName } = doubt;
	return namedText({ name, number, groupName });
}

/** Returns the label of a choice, in the words that fit the reason. */
export function choiceText(choice: Choice, code: DoubtCode): string {
	if (code === 'anotherPupil' || code === 'anotherPerson') return holderChoice(choice, code);
	switch (choice) {
		case 'takeFile':
			return takeText(code);
		case 'keepHere':
			return m.import_choice_keep_here();
		case 'samePerson':
			return m.import_choice_same_person();
		case 'differentPerson':
			return m.import_choice_different_person();
		case 'withoutValue':
			return code === 'childNotFound'
				? m.import_choice_without_child()
				: m.import_choice_without_value();
		case 'skip':
			return m.import_choice_skip();
	}
}

function takeText(code: DoubtCode): string {
	if (code === 'numberUsedTwice') return m.import_choice_take_row();
	if (code === 'implausibleNationalNumber') return m.import_choice_take_number();
	const asIs = code === 'missingName' || code === 'unreadableValue' || code === 'missingNumber';
	return asIs ? m.import_choice_take_as_is() : m.import_choice_take_file();
}

/**
 * Tells what follows from a choice; undefined where the choice says it all.
 *
 * @param name of the row
 * @param freed whose number goes to another row where this one is skipped
 */
export function choiceHint(
	choice: Choice,
	doubt: Doubt,
	name: PersonName,
	freed?: FreedIfSkipped
): string | undefined {
	if (choice === 'skip') return skipHint(freed);
	if (doubt.code === 'anotherPupil' || doubt.code === 'anotherPerson') {
		return holderHint(choice, doubt, name);
	}
	if (choice === 'samePerson' && doubt.code === 'otherNumber') {
		return m.import_hint_same_person({ other: otherPersonText(doubt) });
	}
	if (choice === 'takeFile' && doubt.code === 'changedHere') return shownValue(doubt, doubt.inFile);
	if (choice === 'keepHere' && doubt.code === 'changedHere') return shownValue(doubt, doubt.here);
	if (choice === 'withoutValue') return m.import_hint_without_value();
	return choice === 'differentPerson' ? m.import_hint_different_person() : undefined;
}

/** A value of a field changed here; says so where there is none. */
export function shownValue({ field }: { readonly field: string }, value: string): string {
	return valueText(field, value) || m.app_nothing();
}

export interface ChangeTexts {
	readonly label: string;
	readonly from: string | null;
	readonly to: string | null;
}

/** From what to what, for the screen. */
export function changeTexts({ kind, field, from, to }: FieldChange): ChangeTexts {
	// National numbers are in no list.
	if (kind === 'nationalNumber') {
		return { label: fieldText(kind), from: null, to: m.import_value_hidden() };
	}
	return {
		label: fieldText(field, kind),
		from: valueText(field, from) || null,
		to: valueText(field, to) || null
	};
}

/** Fields of a record that say nothing to a person, or are shown elsewhere. */
const unseen = new Set([
	...['kind', 'id', 'pupilId', 'guardianId', 'groupId', 'groupIds', 'endReason'],
	...['receivesMail', 'addressVisible']
]);

/** Returns the values that a file has of somebody new, for the screen. */
export function addedTexts(
	writes: readonly ImportedRecord[]
): { readonly label: string; readonly value: string }[] {
	return writes.flatMap((write) => {
		if (!('add' in write) || write.add.kind === 'importBase') return [];
		const { kind } = write.add;
		if (kind === 'nationalNumber') {
			return [{ label: fieldText(kind), value: m.import_value_new_hidden() }];
		}
		return (Object.entries(write.add) as [string, Json][])
			.filter(([field]) => !unseen.has(field))
			.map(([field, value]) => ({ label: fieldText(field, kind), value: valueText(field, value) }))
			.filter(({ value }) => value !== '');
	});
}
