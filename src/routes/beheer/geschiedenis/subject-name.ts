import { accountNameOf } from '#lib/domain/accounts/account-rules.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/** What a person or thing with a history is called; who is no longer here keeps only that. */
export function subjectName(state: SchoolState, id: Id): string {
	// A block of a pupil's LeerID is about the pupil.
	const pupilId = state.get('leerId', id)?.pupilId ?? id;
	const person = state.get('pupil', pupilId) ?? state.get('guardian', id) ?? state.get('staff', id);
	if (person) return fullNameOf(person);
	const account = state.get('account', id);
	if (account) return accountNameOf(state, account);
	const named =
		state.get('school', id)?.name ??
		state.get('group', id)?.name ??
		state.get('printRun', id)?.title ??
		state.get('handOut', id)?.title ??
		state.get('importRun', id)?.fileName;
	if (named !== undefined) return named;
	return state.get('cardKey', id) ? m.history_subject_card_key() : m.history_subject_gone();
}
