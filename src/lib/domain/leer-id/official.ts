import type { Id } from '../kernel/ids.ts';
import type { PupilOfficial } from '../people/kinds.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import type { StateReader } from '../registry/state.ts';

/**
 * Why there are no *officiële gegevens* (product.md 33): no valid national number, or a number but no
 * columns mapped as official in what the administration package gave.
 */
export type NoOfficialData = 'noValidNumber' | 'missingInPackage';

/** The official name, sex and birth date of a pupil, or why there are none. */
export function officialData(
	state: StateReader,
	pupilId: Id
): Result<PupilOfficial, NoOfficialData> {
	if (!state.get('nationalNumber', pupilId)) return refuse('noValidNumber');
	const official = state.get('pupilOfficial', pupilId);
	return official ? ok(official) : refuse('missingInPackage');
}
