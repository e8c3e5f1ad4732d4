import { isAnotherPerson, type Identity } from '../../people/identity/same-person.ts';
import type { Spelling } from '../../people/identity/spelling.ts';
import type { Sex } from '../../kernel/numbers/national-number.ts';
import type { ImportBase } from '../kinds.ts';

/**
 * Tells whether a row is about a person, as far as can be told: as the school knows them now, or as
 * the last import said they are.
 *
 * @param base of the last import; undefined: there was none
 */
export function isAbout(
	known: Identity,
	base: ImportBase | undefined,
	said: Identity,
	spelling: Spelling
): boolean {
	if (!isAnotherPerson(known, said, spelling)) return true;
	return base !== undefined && !isAnotherPerson(saidBefore(base, known), said, spelling);
}

/**
 * A person as the last import said they are, and as the school knows them where it said nothing.
 * Somebody who was renamed here since, and is called the same in the file, is the same person.
 */
export function saidBefore(base: ImportBase | undefined, known: Identity): Identity {
	if (!base) return known;
	const { subject, values } = base;
	const of = (key: string): string | undefined => values[key] || undefined;
	const sex = of('pupilIdentity.sex');
	const given = of(`${subject}.givenName`) ?? of(`${subject}.initials`);
	return {
		givenName: given ?? known.givenName,
		namePrefix: of(`${subject}.namePrefix`) ?? known.namePrefix,
		familyName: of(`${subject}.familyName`) ?? known.familyName,
		birthDate: of('pupilIdentity.birthDate') ?? known.birthDate,
		sex: isSex(sex) ? sex : known.sex
	};
}

function isSex(text: string | undefined): text is Sex {
	return text === 'M' || text === 'V' || text === 'X';
}
