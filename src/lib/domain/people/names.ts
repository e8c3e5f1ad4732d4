/** The names of a pupil, guardian or member of staff, as their records hold them. */
export interface NameParts {
	readonly givenName: string;
	readonly namePrefix: string;
	readonly familyName: string;
}

/** Tussenvoegsel and surname: `van der Berg`. */
export function surnameOf(name: NameParts): string {
	return joined(name.namePrefix, name.familyName);
}

/** `Jan van der Berg`. */
export function fullNameOf(name: NameParts): string {
	return joined(name.givenName, name.namePrefix, name.familyName);
}

function joined(...parts: readonly string[]): string {
	return parts.filter((part) => part !== '').join(' ');
}
