import { fullNameOf } from '#lib/domain/people/names.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Refusal, RefusalCode } from '#lib/domain/registry/refusal.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import { m } from './paraglide/messages.js';

type Texts = {
	[Code in RefusalCode]: (
		refusal: Extract<Refusal, { code: Code }>,
		state: StateReader | undefined
	) => string;
};

/** A sentence for every code: what was refused, and what to do. A code without one does not compile. */
const texts: Texts = {
	notAllowed: () => m.app_refusal_not_allowed(),
	notFound: () => m.app_refusal_not_found(),
	alreadyExists: () => m.app_refusal_already_exists(),
	// Both values are for a form that settles it: they may be codes, or name a password.
	changedMeanwhile: () => m.app_refusal_changed_meanwhile(),
	userNameTaken: ({ userName }) => m.app_refusal_user_name_taken({ userName }),
	anotherPerson: ({ id }, state) => {
		const name = state && personName(state, id);
		return name ? m.app_refusal_another_person({ name }) : m.app_refusal_another_person_unnamed();
	},
	pupilNumberTaken: ({ pupilNumber }) => m.app_refusal_pupil_number_taken({ pupilNumber }),
	invalidValue: () => m.app_refusal_invalid_value(),
	passwordIsPupilsOwn: () => m.app_refusal_password_is_pupils_own(),
	passwordNotAccepted: () => m.app_refusal_password_not_accepted(),
	emailNotConfirmed: () => m.app_refusal_email_not_confirmed(),
	accountArchived: () => m.app_refusal_account_archived(),
	notOfAge: () => m.app_refusal_not_of_age(),
	notEnrolled: () => m.app_refusal_not_enrolled(),
	cardNotCurrent: () => m.app_refusal_card_not_current(),
	overtaken: () => m.app_refusal_overtaken(),
	tooLate: () => m.app_refusal_too_late(),
	lastAdministrator: () => m.app_refusal_last_administrator(),
	mutationTooLarge: () => m.app_refusal_mutation_too_large(),
	failed: () => m.app_refusal_failed()
};

/**
 * Returns the sentence for somebody whose change the rules refuse, in their language.
 *
 * A newer server may have a reason that this app has no words for.
 *
 * @param state of the school: names the person whom a refusal is about
 */
export function refusalText(refusal: Refusal, state?: StateReader): string {
	const code = Object.hasOwn(texts, refusal.code) ? refusal.code : 'failed';
	const text = texts[code] as (refusal: Refusal, state?: StateReader) => string;
	return text(refusal, state);
}

function personName(state: StateReader, id: Id): string {
	const person = state.get('pupil', id) ?? state.get('guardian', id) ?? state.get('staff', id);
	if (!person) return '';
	const initials = person.kind === 'guardian' ? person.initials : '';
	return fullNameOf({ ...person, givenName: person.givenName || initials }).trim();
}
