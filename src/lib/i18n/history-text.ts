import type { DescribedChange, DescribedField, HistoryItem } from '#lib/domain/history/describe.ts';
import type { MutationName } from '#lib/domain/registry/mutations.ts';
import { fieldWord, valueText } from './field-words.ts';
import { m } from './paraglide/messages.js';

const mutationTexts: Record<Exclude<MutationName, 'change.undo@1'>, () => string> = {
	'school.create@1': m.history_school_create,
	'school.changeSettings@1': m.history_school_settings,
	'account.create@1': m.history_account_create,
	'account.edit@1': m.history_account_edit,
	'account.archive@1': m.history_account_archive,
	'account.reopen@1': m.history_account_reopen,
	'account.renew@1': m.history_account_renew,
	'account.choosePassword@1': m.history_account_choose,
	'account.changeEmail@1': m.history_account_email,
	'signIn.block@1': m.history_sign_in_block,
	'signIn.unblock@1': m.history_sign_in_unblock,
	'signIn.report@1': m.history_sign_in_report,
	'signIn.settleReport@1': m.history_sign_in_settle,
	'guardianAccess.choose@1': m.history_guardian_access_choose,
	'guardianAccess.record@1': m.history_guardian_access_record,
	'leerId.create@1': m.history_leerid_create,
	'leerId.renew@1': m.history_leerid_renew,
	'leerId.adjust@1': m.history_leerid_adjust,
	'leerId.choosePassword@1': m.history_leerid_choose,
	'leerId.linkEmail@1': m.history_leerid_email,
	'leerId.signedIn@1': m.history_leerid_signed_in,
	'card.revoke@1': m.history_card_revoke,
	'card.handOut@1': m.history_card_hand_out,
	'card.takeBack@1': m.history_card_take_back,
	'handOut.close@1': m.history_hand_out_close,
	'cardKey.rotate@1': m.history_card_key_rotate,
	'print.start@1': m.history_print_start,
	'print.saved@1': m.history_print_saved,
	'import.start@1': m.history_import,
	'import.write@1': m.history_import,
	'import.write@2': m.history_import
};

/**
 * Returns the deed in words: *Wachtwoord vernieuwd*, *Ongedaan gemaakt: Import*, *Teruggezet:
 * Import*.
 */
export function historyText({
	mutation,
	undoes,
	again
}: Pick<HistoryItem, 'mutation' | 'undoes' | 'again'>): string {
	const done = undoes ?? mutation;
	if (!isTold(done)) {
		// Of an undo whose history is not here, nobody can tell what it took back.
		return done.startsWith('change.undo@') ? m.audit_undone() : m.history_newer();
	}
	const what = mutationTexts[done]();
	if (undoes === null) return what;
	return again ? m.history_again({ what }) : m.history_undo_of({ what });
}

function isTold(mutation: string): mutation is keyof typeof mutationTexts {
	return Object.hasOwn(mutationTexts, mutation);
}

/** A field's change in words; `note` is all there is to say. */
export interface ChangeText {
	readonly label: string;
	readonly from: string | null;
	readonly to: string | null;
	readonly note?: string;
}

/** Returns the changes to records, field by field, in words: of an added one, its values. */
export function changeTexts(changes: readonly DescribedChange[]): readonly ChangeText[] {
	const texts = changes.flatMap(({ op, kind, fields }) =>
		fields.flatMap((field) => {
			const label = fieldWord(kind, field.field);
			return label === null ? [] : [changeText(label, field, op === 'add')];
		})
	);
	const said = new Map(
		texts
			.filter(({ from, to, note }) => from !== null || to !== null || note !== undefined)
			.map((text) => [JSON.stringify(text), text])
	);
	return [...said.values()];
}

function changeText(
	label: string,
	{ field, from, to, hidden }: DescribedField,
	added: boolean
): ChangeText {
	const nothing = { label, from: null, to: null };
	if (hidden) {
		return { ...nothing, note: added ? m.history_hidden_added() : m.history_hidden() };
	}
	const text = valueText(field, to);
	if (added) return text === null ? nothing : { ...nothing, note: text };
	return { label, from: valueText(field, from), to: text };
}
