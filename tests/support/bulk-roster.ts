import type { Roster } from '#lib/domain/import/roster.ts';
import { groups } from '#lib/demo/groups.ts';
import { drawAddress, Population } from '#lib/demo/people.ts';
import { Random } from '#lib/demo/random.ts';
import { guardianRows, pupilRow } from '#lib/demo/roster.ts';

export interface BulkSchool {
	readonly pupils: number;
	/** In which the school year begins. */
	readonly year?: number;
	readonly seed?: number;
}

const groupSize = 22;

/**
 * A roster of any size with every field that files of administration packages have: pupils with
 * national number, official data, address and dates, and their guardians. The same every time.
 */
export function bulkRoster({ pupils: count, year = 2026, seed = 1 }: BulkSchool): Roster {
	const random = new Random(seed);
	const digits = Math.max(5, String(count * 4).length);
	const population = new Population(random, digits);
	const people = Array.from({ length: count }, (_, index) => {
		const at = Math.floor(index / groupSize);
		const { name, grade } = groups[at % groups.length] ?? { name: '', grade: 1 };
		const section = Math.floor(at / groups.length);
		const group = section === 0 ? name : `${name} ${section + 1}`;
		return { group, grade, ...population.draw({ birthYear: year - grade - 5, grade }) };
	});
	const pupils = people.map((person, index) => ({
		...pupilRow(person, person.group, index + 2),
		contact: { ...drawAddress(random), phone: '', email: '' },
		enrolledFrom: `${year - random.int(person.grade)}-09-01`,
		enrolledTo: `${year + 1}-08-31`
	}));
	return { format: 'CSV', pupils, guardians: guardianRows(people), staff: [] };
}
