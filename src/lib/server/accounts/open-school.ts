import type { Id } from '#lib/domain/records.ts';
import { UnknownSchool } from '../store/database.ts';
import type { Schools } from '../sync/schools.ts';

/** Whether a school is there and in use. To be asked before a write: that would make one. */
export async function isOpenSchool(schools: Schools, school: Id): Promise<boolean> {
	try {
		return await schools.read(school, ({ tx }) => schools.isOpen(tx));
	} catch (error) {
		if (error instanceof UnknownSchool) return false;
		throw error;
	}
}
