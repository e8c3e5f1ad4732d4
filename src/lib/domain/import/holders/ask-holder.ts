import {
	identityDifferences,
	type Identity,
	type IdentityField
} from '../../people/identity/same-person.ts';
import type { NumberScheme } from '../../kernel/numbers/national-number.ts';
import type { DoubtList } from '../doubt-list.ts';
import type { Choice, OnlyDifference, OtherHolder } from '../plan.ts';
import type { PlanContext } from '../plan-context.ts';
import { shownDifferences } from './named-person.ts';

interface HolderQuestion extends Omit<OtherHolder, 'differs' | 'only' | 'found'> {
	readonly code: 'anotherPupil' | 'anotherPerson';
	/** The holder, as the school knows them. */
	readonly known: Identity;
	/** The row. */
	readonly said: Identity;
	readonly found?: OtherHolder['found'];
	/** No other pupil and no other row can be meant. */
	readonly alone?: boolean;
	/** Of the row's national number, where it is not the holder's. */
	readonly scheme?: NumberScheme | null;
	/** Tells whether a choice can be: it cannot where it makes another row's person out of two. */
	readonly allows: (choice: Choice) => boolean;
}

/** Asks whether a row is about the person who has its number or its key. */
export function askHolder(
	{ spelling }: PlanContext,
	doubts: DoubtList,
	{
		code,
		known,
		said,
		found = null,
		alone = false,
		scheme = null,
		allows,
		...holder
	}: HolderQuestion
): Choice | null {
	const fields = identityDifferences(known, said, spelling);
	const differs = shownDifferences(fields, known, said);
	const only = alone && isNamed(known) && isNamed(said) ? onlyDifference(fields, scheme) : null;
	return doubts.ask(
		{ code, ...holder, differs, only, found },
		['samePerson', 'differentPerson', 'skip'],
		allows
	);
}

function isNamed({ givenName, familyName }: Identity): boolean {
	return Boolean(givenName) && Boolean(familyName);
}

function onlyDifference(
	fields: readonly IdentityField[],
	scheme: NumberScheme | null
): OnlyDifference | null {
	if (scheme) return fields.length === 0 ? scheme : null;
	if (fields.length === 1 && fields[0] === 'givenName') return 'givenName';
	const isDate = fields.every((field) => field === 'birthDate' || field === 'sex');
	return isDate && fields.includes('birthDate') ? 'birthDate' : null;
}
