import type { IsoDate } from '../../kernel/ids.ts';
import type { Sex } from '../../kernel/numbers/national-number.ts';
import { compareGivenNames, plainSpelling, type Spelling } from './spelling.ts';

/** The features that tell people apart. One that is absent, null or empty says nothing. */
export interface Identity {
	readonly givenName?: string | undefined;
	readonly namePrefix?: string | undefined;
	readonly familyName?: string | undefined;
	readonly birthDate?: IsoDate | null | undefined;
	readonly sex?: Sex | null | undefined;
}

export type IdentityField = 'givenName' | 'familyName' | 'birthDate' | 'sex';

/**
 * Returns the features in which an identity differs from another by more than accents, case and
 * punctuation. A whole name that is the same however it is divided is no difference, nor is a
 * prefix alone, nor the sex *X*.
 */
export function identityDifferences(
	known: Identity,
	said: Identity,
	spelling: Spelling = plainSpelling
): readonly IdentityField[] {
	const differs: IdentityField[] = [];
	if (!isSameText(known, said) && wholeName(known, spelling) !== wholeName(said, spelling)) {
		if (bothSay(known.givenName, said.givenName)) {
			const [one, other] = [known.givenName ?? '', said.givenName ?? ''];
			if (spelling.spelled(one) !== spelling.spelled(other)) differs.push('givenName');
		}
		if (bothSay(known.familyName, said.familyName) && !isSameFamilyName(known, said, spelling)) {
			differs.push('familyName');
		}
	}
	if (bothSay(known.birthDate, said.birthDate) && known.birthDate !== said.birthDate) {
		differs.push('birthDate');
	}
	if (isOtherSex(known.sex, said.sex)) differs.push('sex');
	return differs;
}

/**
 * Tells whether what is said of a known person is about somebody else, as far as can be told
 * (product.md 57: what is in doubt is asked). So it is where
 *
 * - the birth date is another: a date has no spelling, and brothers and sisters differ by no more;
 * - the given name differs by more than spelling: accents, initials, one letter;
 * - two or more of given name, family name, birth date and sex differ, if only by a letter;
 * - the family name is another, and neither given name nor birth date says that it is the same
 *   person.
 *
 * *Anne* for *Anne-Marie* is a spelling only where the same birth date and family name vouch for
 * it: without them it may be her sister. A family name or a sex alone changes in one life.
 */
export function isAnotherPerson(
	known: Identity,
	said: Identity,
	spelling: Spelling = plainSpelling
): boolean {
	const differs = identityDifferences(known, said, spelling);
	if (differs.length >= 2 || differs.includes('birthDate')) return true;
	if (differs.includes('givenName')) {
		const relation = compareGivenNames(known.givenName ?? '', said.givenName ?? '', spelling);
		if (relation === 'spelling') return false;
		return relation === 'different' || !isVouchedFor(known, said);
	}
	if (!differs.includes('familyName')) return false;
	const given = bothSay(known.givenName, said.givenName);
	return !given && !bothSay(known.birthDate, said.birthDate);
}

/** Most rows say what the school knows, to the letter: that is soon seen. */
function isSameText(one: Identity, other: Identity): boolean {
	const { givenName, namePrefix = '', familyName } = one;
	return (
		givenName === other.givenName &&
		familyName === other.familyName &&
		namePrefix === (other.namePrefix ?? '')
	);
}

function isVouchedFor(known: Identity, said: Identity): boolean {
	// Nothing but the given name differs, so what both say is the same.
	const date = bothSay(known.birthDate, said.birthDate);
	return date && bothSay(known.familyName, said.familyName);
}

function bothSay<T extends string>(
	one: T | null | undefined,
	other: T | null | undefined
): boolean {
	return Boolean(one) && Boolean(other);
}

function isOtherSex(one: Sex | null | undefined, other: Sex | null | undefined): boolean {
	return bothSay(one, other) && one !== other && one !== 'X' && other !== 'X';
}

function wholeName(
	{ givenName = '', namePrefix = '', familyName = '' }: Identity,
	spelling: Spelling
): string {
	return spelling.spelled(`${givenName}${namePrefix}${familyName}`);
}

/** A file without a column for prefixes has *van der Berg* as a name, or *Berg* alone. */
function isSameFamilyName(one: Identity, other: Identity, spelling: Spelling): boolean {
	const writings = ({ namePrefix = '', familyName = '' }: Identity) => [
		spelling.spelled(familyName),
		spelling.spelled(`${namePrefix}${familyName}`)
	];
	const others = writings(other);
	return writings(one).some((writing) => others.includes(writing));
}
