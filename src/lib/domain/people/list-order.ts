import type { Id } from '../kernel/ids.ts';
import { compareNames } from '../kernel/text/compare-names.ts';

interface Named {
	readonly id: Id;
	readonly familyName: string;
	readonly givenName: string;
}

/** A pupil, and what their group is called; empty: they have none. */
interface Listed {
	readonly groupName: string;
	readonly pupil: Named;
}

/** The order of people within a group, on paper as on a screen: for `sort`. */
export function byName(one: Named, other: Named): number {
	return (
		compareNames(one.familyName, other.familyName) ||
		compareNames(one.givenName, other.givenName) ||
		compareNames(one.id, other.id)
	);
}

/** The order of pupils of several groups: by group, then by name. */
export function byGroupAndName(one: Listed, other: Listed): number {
	// Field by field: run together, the class 1a would come before the class 1.
	return compareNames(one.groupName, other.groupName) || byName(one.pupil, other.pupil);
}
