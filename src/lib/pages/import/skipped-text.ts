import type { PlannedPerson } from '#lib/domain/import/plan.ts';
import { doubtText } from '#lib/i18n/import-text.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { skippedReason } from './check/columns.ts';

/** Why a row was not taken over, in full: who corrects the file needs no more. */
export function skippedText(person: PlannedPerson): string {
	const { doubts, name, outcome } = person;
	const open = doubts.filter(({ chosen }) => chosen === null);
	if (outcome !== 'doubt' || open.length === 0) return skippedReason(person);
	const reason = open.map((doubt) => doubtText(doubt, name)).join(' ');
	return m.import_still_open({ reason });
}
