import type { Choice, NamedPerson, OtherHolder, PersonName } from '#lib/domain/import/plan.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import { valueText } from './import-field-text.ts';
import { m } from './paraglide/messages.js';

/** The sentences of a row that is likely a correction: one thing differs from whoever has its number. */

type Corrected = Pick<OtherHolder, 'holder' | 'differs' | 'only' | 'freedNumber'>;

/** Why such a row is in doubt; null: more than one thing differs. A national number is never shown. */
export function onlyText({ holder, differs, only }: Corrected): string | null {
	const { number } = holder;
	const other = fullNameOf(holder.name);
	const {
		field = 'birthDate',
		here = '',
		inFile = ''
	} = differs.find((each) => each.field === only) ?? {};
	const values = { from: valueText(field, here), to: valueText(field, inFile) };
	switch (only) {
		case null:
			return null;
		case 'birthDate':
			return differs.length === 1
				? m.import_why_other_birth_date({ number, other, ...values })
				: m.import_why_other_birth_date_sex({ number, other, ...values });
		case 'givenName':
			return m.import_why_other_given_name(values);
		case 'rijksregister':
			return m.import_why_other_rijksregister({ other });
		case 'bis':
			return m.import_why_other_bis({ other });
		case 'bsn':
			return m.import_why_other_bsn({ other });
		case 'onderwijsnummer':
			return m.import_why_other_onderwijsnummer({ other });
	}
}

/** Tells what becomes of two people of one name; null: they have not the same name. */
export function onlyHint(
	choice: Choice,
	{ holder, differs, only, freedNumber: number }: Corrected,
	row: PersonName
): string | null {
	if (only === null || only === 'givenName') return null;
	if (choice === 'samePerson') {
		return `${keepsText(holder)} ${correctedText(only, differs.length)}`;
	}
	return `${m.import_hint_second({ name: fullNameOf(row) })} ${firstText(holder, number)}`;
}

function keepsText({ name, userName, hasCard }: NamedPerson): string {
	const given = name.givenName;
	if (userName === null) return m.import_hint_same_stays({ given });
	return hasCard
		? m.import_hint_same_keeps_card({ given })
		: m.import_hint_same_keeps_account({ given });
}

function correctedText(only: Corrected['only'], count: number): string {
	if (only !== 'birthDate') return m.import_hint_national_corrected();
	return count === 1 ? m.import_hint_date_corrected() : m.import_hint_date_sex_corrected();
}

function firstText({ userName, hasCard }: NamedPerson, number: string): string {
	if (userName === null) return m.import_hint_first({ number });
	return hasCard ? m.import_hint_first_card({ number }) : m.import_hint_first_account({ number });
}
