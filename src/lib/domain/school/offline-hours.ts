import type { Actor } from '../kernel/actor.ts';
import type { School } from './kinds.ts';

/** A guardian's phone opens for a month without contact; a pupil keeps nothing on a device. */
const guardianOfflineHours = 30 * 24;

/** How many hours a device opens without contact with the server (design.md 2); 0: not at all. */
export function offlineHoursOf({ role }: Actor, school: School): number {
	if (role === 'pupil') return 0;
	return role === 'guardian' ? guardianOfflineHours : school.offlineHours;
}
