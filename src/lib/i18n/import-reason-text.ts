import type { Choice, DoubtReason } from '#lib/domain/import/plan.ts';
import { m } from './paraglide/messages.js';

/** Tells what a choice does to all rows of a reason, in a sentence. */
export function reasonHint(choice: Choice, reason: DoubtReason): string {
	switch (choice) {
		case 'takeFile':
			return takeHint(reason);
		case 'keepHere':
			return m.import_all_keep_here();
		case 'samePerson':
			return reason === 'otherBirthDate'
				? m.import_all_same_birth_date()
				: m.import_all_same_known();
		case 'differentPerson':
			if (reason === 'anotherPupil') return m.import_all_different_pupil();
			return reason === 'anotherPerson'
				? m.import_all_different_known()
				: m.import_all_different_new();
		case 'withoutValue':
			return m.import_hint_without_value();
		case 'skip':
			return m.import_all_skip();
	}
}

function takeHint(reason: DoubtReason): string {
	if (reason === 'numberUsedTwice') return m.import_all_take_row();
	if (reason === 'implausibleNationalNumber') return m.import_all_take_number();
	return reason === 'changedHere' ? m.import_all_take_file() : m.import_all_take_as_is();
}
