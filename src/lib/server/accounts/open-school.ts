import type { Id } from '#lib/domain/kernel/ids.ts';
import type { School } from '#lib/domain/school/kinds.ts';
import { UnknownSchool } from '../store/database.ts';
import type { Schools, Seen } from '../sync/schools.ts';

/**
 * Reads a school that is in use; null: there is no such school. One that is still moving in is not
 * brought into memory.
 */
export async function readOpen<T>(
	schools: Schools,
	id: Id,
	see: (seen: Seen) => T | Promise<T>
): Promise<T | null> {
	try {
		return await schools.readAfter(id, async (tx) => (await schools.isOpen(tx)) || null, see);
	} catch (error) {
		if (error instanceof UnknownSchool) return null;
		throw error;
	}
}

/** The record of a school that is in use; null: there is no such school. */
export function openSchool(schools: Schools, id: Id): Promise<School | null> {
	return readOpen(schools, id, ({ state }) => {
		const [school = null] = state.all('school');
		return school;
	});
}

/** Tells whether a school is there and in use. */
export async function isOpenSchool(schools: Schools, school: Id): Promise<boolean> {
	return (await openSchool(schools, school)) !== null;
}
