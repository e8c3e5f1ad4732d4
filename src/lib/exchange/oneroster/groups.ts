import type { OneRosterFiles, OneRosterName, OneRosterRow } from './files.ts';

/** Who is in which class. */
export interface OneRosterGroups {
	/** The name of a pupil's group; empty: in none; undefined: the set has no classes. */
	ofPupil(userId: string): string | undefined;
	ofTeacher(userId: string): readonly string[];
}

interface Class {
	readonly name: string;
	readonly homeroom: boolean;
}

/**
 * A pupil's group is their homeroom; where the set has none for them, the only class they are in.
 * Somebody in several lesson classes has no group that could be told from these.
 */
export function readOneRosterGroups(
	files: OneRosterFiles,
	active: (name: OneRosterName) => readonly OneRosterRow[]
): OneRosterGroups {
	const classes = new Map<string, Class>();
	for (const row of active('classes')) {
		const name = row.get('title') || row.get('classcode') || row.get('sourcedid');
		const homeroom = row.get('classtype').toLowerCase() === 'homeroom';
		classes.set(row.get('sourcedid'), { name, homeroom });
	}
	const learns = new Map<string, Set<Class>>();
	const teaches = new Map<string, Set<string>>();
	for (const row of active('enrollments')) {
		const found = classes.get(row.get('classsourcedid'));
		if (!found) continue;
		const user = row.get('usersourcedid');
		if (row.get('role').toLowerCase() === 'student') setOf(learns, user).add(found);
		else setOf(teaches, user).add(found.name);
	}
	const known = files.has('classes') && files.has('enrollments');
	return {
		ofPupil(userId) {
			if (!known) return undefined;
			const mine = [...(learns.get(userId) ?? [])];
			const only = mine.length === 1 ? mine[0] : undefined;
			return (mine.find(({ homeroom }) => homeroom) ?? only)?.name ?? '';
		},
		ofTeacher: (userId) => [...(teaches.get(userId) ?? [])]
	};
}

function setOf<T>(sets: Map<string, Set<T>>, key: string): Set<T> {
	let set = sets.get(key);
	if (!set) sets.set(key, (set = new Set()));
	return set;
}
