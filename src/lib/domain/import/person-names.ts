import { fold } from '../kernel/text/fold.ts';
import type { PersonName } from './plan.ts';

/** For telling whether two names are the same: case, marks and spaces do not count. */
export function nameKey({ givenName, namePrefix = '', familyName }: Partial<PersonName>): string {
	return fold(`${givenName ?? ''} ${namePrefix} ${familyName ?? ''}`)
		.replace(/[\s.-]+/g, ' ')
		.trim();
}

export function nameOf(person: Partial<PersonName>): PersonName {
	const { givenName = '', namePrefix = '', familyName = '' } = person;
	return { givenName, namePrefix, familyName };
}
