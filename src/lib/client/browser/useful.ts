import type { Instant } from '#lib/domain/kernel/ids.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';

/**
 * Tells whether cards were handed over or people were imported since a moment: the app has been of
 * use.
 */
export function didSomethingUseful(state: SchoolState, since: Instant): boolean {
	for (const { savedAt } of state.all('printRun'))
		if (savedAt !== null && savedAt >= since) return true;
	for (const { madeAt } of state.all('importRun')) if (madeAt >= since) return true;
	return false;
}
