import { m } from '#lib/i18n/paraglide/messages.js';

/** What a list of actions can be narrowed to. */
export type ActionKind =
	'leerId' | 'cards' | 'import' | 'accounts' | 'settings' | 'pupils' | 'signIns';

export const actionKinds: readonly ActionKind[] = [
	'leerId',
	'cards',
	'import',
	'accounts',
	'settings',
	'pupils',
	'signIns'
];

const kindTexts: Record<ActionKind, () => string> = {
	leerId: m.history_kind_leer_id,
	cards: m.history_kind_cards,
	import: m.history_kind_import,
	accounts: m.history_kind_accounts,
	settings: m.history_kind_settings,
	pupils: m.history_kind_pupils,
	signIns: m.history_kind_sign_ins
};

const cardSubjects: readonly string[] = ['print', 'card', 'cardKey', 'handOut'];
const byPupils: readonly string[] = ['leerId.choosePassword', 'leerId.linkEmail'];

const accountSubjects: readonly string[] = ['account', 'signIn', 'guardianAccess'];

/** The kind of a mutation, `leerId.renew@1`. */
export function kindOf(mutation: string): ActionKind {
	const name = mutation.split('@')[0] ?? '';
	if (name === 'leerId.signedIn') return 'signIns';
	if (byPupils.includes(name)) return 'pupils';
	const subject = name.split('.')[0] ?? '';
	if (subject === 'leerId' || subject === 'import') return subject;
	if (cardSubjects.includes(subject)) return 'cards';
	return accountSubjects.includes(subject) ? 'accounts' : 'settings';
}

/** What would drown the rest, and is shown when it is asked for: sign-ins, and files handed over. */
export function isRoutine(mutation: string): boolean {
	return kindOf(mutation) === 'signIns' || mutation.startsWith('print.saved@');
}

export function kindText(kind: ActionKind): string {
	return kindTexts[kind]();
}
