import { topics, type Topic } from '#lib/domain/registry/mutation.ts';
import { topicOf } from '#lib/domain/registry/mutations.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/** A kind of action that a list can be narrowed to. */
export type ActionKind = Topic;

export const actionKinds: readonly ActionKind[] = topics;

const kindTexts: Record<ActionKind, () => string> = {
	leerId: m.history_kind_leer_id,
	cards: m.history_kind_cards,
	import: m.history_kind_import,
	accounts: m.history_kind_accounts,
	settings: m.history_kind_settings,
	pupils: m.history_kind_pupils,
	signIns: m.history_kind_sign_ins
};

/** The kind of a mutation, `leerId.renew@1`. */
export function kindOf(mutation: string): ActionKind {
	return topicOf(mutation) ?? 'settings';
}

/**
 * Tells whether an action would drown the rest, and so is shown only when asked for: sign-ins, and
 * files handed over.
 */
export function isRoutine(mutation: string): boolean {
	return kindOf(mutation) === 'signIns' || mutation.startsWith('print.saved@');
}

export function kindText(kind: ActionKind): string {
	return kindTexts[kind]();
}
