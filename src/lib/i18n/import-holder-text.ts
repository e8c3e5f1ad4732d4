import type { FreedIfSkipped } from '#lib/domain/import/holders/freed-if-skipped.ts';
import type {
	Choice,
	Doubt,
	FoundPerson,
	NamedPerson,
	PersonName
} from '#lib/domain/import/plan.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import { onlyHint, onlyText } from './import-correction-text.ts';
import { linesText } from './import-field-text.ts';
import { m } from './paraglide/messages.js';

/** A doubt whether a row is about whoever has its number or its key. */
export type HolderDoubt = Extract<Doubt, { readonly code: 'anotherPupil' | 'anotherPerson' }>;

/** `Jan Peeters (60351, 3A)`. */
export function namedText({
	name,
	number,
	groupName
}: Pick<NamedPerson, 'name' | 'number' | 'groupName'>): string {
	const known = [number, groupName].filter((part) => part !== '');
	const full = fullNameOf(name);
	return known.length > 0 ? `${full} (${known.join(', ')})` : full;
}

/** Why such a row is in doubt. */
export function otherHolderText(doubt: HolderDoubt): string {
	const only = onlyText(doubt);
	if (only !== null) return only;
	const { holder, found, lines } = doubt;
	const { number } = holder;
	const other = fullNameOf(holder.name);
	const why =
		number === ''
			? m.import_why_another_key({ other })
			: found
				? foundText(number, other, found)
				: m.import_why_another_pupil({ number, other });
	if (lines.length === 0) return why;
	return `${why} ${m.import_why_elsewhere({ name: other, lines: linesText(lines) })}`;
}

function foundText(number: string, other: string, person: FoundPerson): string {
	const found = namedText(person);
	switch (person.by) {
		case 'nameAndBirthDate':
		case 'name':
			return m.import_why_another_pupil_found({ number, other, found });
		case 'nationalNumber':
			return m.import_why_another_pupil_national({ number, other, found });
		case 'source':
			return m.import_why_another_pupil_source({ number, other, found });
	}
}

export function holderChoice(choice: Choice, code: HolderDoubt['code']): string {
	if (choice === 'skip') return m.import_choice_skip_row();
	if (code === 'anotherPupil') {
		return choice === 'samePerson'
			? m.import_choice_same_pupil()
			: m.import_choice_different_pupil();
	}
	return choice === 'samePerson' ? m.import_choice_same_known() : m.import_choice_different_known();
}

/**
 * Tells what becomes of the people, and of the account and the card. `row`: the name in the row.
 */
export function holderHint(
	choice: Exclude<Choice, 'skip'>,
	doubt: HolderDoubt,
	row: PersonName
): string {
	const only = onlyHint(choice, doubt, row);
	if (only !== null) return only;
	const { userName, hasCard } = doubt.holder;
	const other = fullNameOf(doubt.holder.name);
	const name = fullNameOf(row);
	if (choice === 'samePerson') {
		if (userName === null) return m.import_hint_corrected({ other });
		return hasCard
			? m.import_hint_corrected_card({ other, userName, name })
			: m.import_hint_corrected_account({ other, userName, name });
	}
	const { freedNumber: number, lines } = doubt;
	const texts = [
		foundHint(doubt) ?? m.import_hint_other_new({ name }),
		keepsText(other, userName, hasCard)
	];
	if (number !== '') {
		texts.push(
			lines.length === 0
				? m.import_hint_freed({ other, number })
				: m.import_hint_freed_if_skipped({ other, number, lines: linesText(lines) })
		);
	}
	return texts.join(' ');
}

/**
 * Tells what leaving a row out means. `freed`: the person whose number goes to another row all the
 * same.
 */
export function skipHint(freed: FreedIfSkipped | undefined): string {
	if (!freed) return m.import_hint_skip();
	const other = fullNameOf(freed.holder);
	const taker = fullNameOf(freed.taker);
	return `${m.import_hint_skip()} ${m.import_hint_skip_freed({ other, number: freed.freed, taker })}`;
}

function foundHint({ found, holder }: HolderDoubt): string | undefined {
	if (!found) return undefined;
	const name = fullNameOf(found.name);
	if (!found.certain) return m.import_hint_other_asked({ found: name });
	const gets = m.import_hint_other_found({ found: name, number: holder.number });
	if (found.userName === null) return gets;
	return `${gets} ${keepsText(name, found.userName, found.hasCard)}`;
}

function keepsText(other: string, userName: string | null, hasCard: boolean): string {
	if (userName === null) return m.import_hint_keeps_record({ other });
	return hasCard
		? m.import_hint_keeps_card({ other, userName })
		: m.import_hint_keeps_account({ other, userName });
}
