import { accountNameOf } from '#lib/domain/accounts/account-rules.ts';
import { isForward, rootOf } from '#lib/domain/history/standing.ts';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { Id, Json } from '#lib/domain/kernel/ids.ts';
import { declared, isKind, type Kind } from '#lib/domain/registry/kinds.ts';
import { declaredMutation, isMutationName } from '#lib/domain/registry/mutations.ts';
import type { Refusal } from '#lib/domain/registry/refusal.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { changeTexts, historyText, type ChangeText } from '#lib/i18n/history-text.ts';

/** The person or thing that a mutation is about. */
export interface MutationSubject {
	readonly kind: 'pupil' | 'account' | 'guardian' | 'group';
	readonly id: Id;
	readonly name: string;
}

/** Returns the deed in words: *Wachtwoord vernieuwd*. Needs history for an undo. */
export function mutationText(state: SchoolState, { name, args }: Mutation): string {
	if (!name.startsWith('change.undo@'))
		return historyText({ mutation: name, undoes: null, again: false });
	const { uid = '' } = args as { readonly uid?: Id };
	const undoes = rootOf(state, uid)?.mutation ?? name;
	return historyText({ mutation: name, undoes, again: !isForward(state, uid) });
}

/** The first that its arguments name of those who are here; null: nobody, or they are yet to be made. */
export function mutationSubject(state: SchoolState, { args }: Mutation): MutationSubject | null {
	for (const text of textsIn(args as Json)) {
		const found = subjectCalled(state, text);
		if (found) return found;
	}
	return null;
}

/**
 * Returns the typed values, field by field; empty where the mutation is no edit that this app
 * knows.
 */
export function mutationChanges({ name, args }: Mutation): readonly ChangeText[] {
	const edited = isMutationName(name) ? declaredMutation(name).args['edit'] : undefined;
	if (edited?.is !== 'edit') return [];
	const { edit } = args as { readonly edit?: Readonly<Record<string, readonly [Json, Json]>> };
	const kind = edited.kind as Kind;
	const fields = Object.entries(edit ?? {}).map(([field, [from, to]]) => {
		return { field, from, to, hidden: !isReadable(kind, field) };
	});
	return changeTexts([{ op: 'edit', kind, fields }]);
}

/**
 * Returns the change that a refusal stands in the way of, from the field's value of now; empty:
 * nobody else changed it.
 */
export function refusalChanges(refusal: Refusal): readonly ChangeText[] {
	if (refusal.code !== 'changedMeanwhile' || !isKind(refusal.kind)) return [];
	const { kind, field, mine, theirs } = refusal;
	const hidden = !isReadable(kind, field);
	return changeTexts([{ op: 'edit', kind, fields: [{ field, from: theirs, to: mine, hidden }] }]);
}

/** Tells whether a field holds words that people read, and not ids. */
function isReadable(kind: Kind, field: string): boolean {
	const view = declared(kind).fields[field]?.shown;
	return view === 'value' || view === 'email';
}

function subjectCalled(state: SchoolState, id: string): MutationSubject | null {
	const pupil = state.get('pupil', state.get('leerId', id)?.pupilId ?? id);
	if (pupil) return { kind: 'pupil', id: pupil.id, name: fullNameOf(pupil) };
	const account = state.get('account', id);
	if (account && account.guardianId === null) {
		return { kind: 'account', id, name: accountNameOf(state, account) };
	}
	const guardian = state.get('guardian', account?.guardianId ?? id);
	if (guardian) return { kind: 'guardian', id: guardian.id, name: fullNameOf(guardian) };
	const group = state.get('group', id);
	return group ? { kind: 'group', id, name: group.name } : null;
}

function* textsIn(value: Json): Iterable<string> {
	if (typeof value === 'string') yield value;
	else if (typeof value === 'object' && value !== null) {
		for (const inner of Object.values(value)) yield* textsIn(inner);
	}
}
