import type { Id, School } from '#lib/domain/records.ts';
import { UnknownSchool } from '../store/database.ts';
import type { Schools } from '../sync/schools.ts';

/** The record of a school that is in use; null: there is no such school. */
export async function openSchool(schools: Schools, id: Id): Promise<School | null> {
	try {
		return await schools.read(id, async ({ tx, state }) => {
			const [school = null] = state.all('school');
			return (await schools.isOpen(tx)) ? school : null;
		});
	} catch (error) {
		if (error instanceof UnknownSchool) return null;
		throw error;
	}
}

/** Whether a school is there and in use. To be asked before a write: that would make one. */
export async function isOpenSchool(schools: Schools, school: Id): Promise<boolean> {
	return (await openSchool(schools, school)) !== null;
}
