import type { ArgsOf, MutationName } from '#lib/domain/registry/mutations.ts';
import type { Id, Instant, IsoDate } from '#lib/domain/kernel/ids.ts';
import type { Right } from '#lib/domain/kernel/actor.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';

/**
 * The rules of who may do what, written down a second time, without the code that is tried:
 * product.md and design.md 2 say so. A mutation that the server takes from somebody who is not in
 * here is a hole.
 */

interface Who {
	readonly id: Id;
	readonly role: string;
	readonly rights: readonly Right[];
	readonly state: SchoolState;
}

type Rule<Args> = (who: Who, args: Args) => boolean;

const systemId = 'system';

function administration(...rights: readonly Right[]): Rule<unknown> {
	return ({ role, rights: held }) =>
		role === 'administration' && rights.some((right) => held.includes(right));
}

const nobody: Rule<unknown> = () => false;
const system: Rule<unknown> = ({ role }) => role === 'system';
const ownAccount: Rule<{ readonly accountId: Id }> = ({ id, role }, { accountId }) =>
	id === accountId && role !== 'pupil' && role !== 'system';
const ownLeerId: Rule<{ readonly leerIdId: Id }> = ({ id, role }, { leerIdId }) =>
	role === 'pupil' && id === leerIdId;
const accounts = administration('accounts');
const cards = administration('leerId', 'cards');

const rules: { readonly [Name in MutationName]: Rule<ArgsOf<Name>> } = {
	// Here the school is there already.
	'school.create@1': nobody,
	'school.changeSettings@1': administration('settings'),
	'account.create@1': accounts,
	'account.edit@1': accounts,
	'account.archive@1': accounts,
	'account.renew@1': accounts,
	'account.reopen@1': accounts,
	'account.choosePassword@1': ownAccount,
	'account.changeEmail@1': ownAccount,
	'signIn.block@1': (who, args) =>
		args.cause === 'administration' ? accounts(who, args) : system(who, args),
	'signIn.unblock@1': (who, args) =>
		accounts(who, args) ||
		(administration('leerId')(who, args) && who.state.get('leerId', args.accountId) !== undefined),
	'signIn.report@1': system,
	'signIn.settleReport@1': accounts,
	'guardianAccess.choose@1': ({ id, role, state }, { pupilId }) =>
		role === 'pupil' && state.get('leerId', id)?.pupilId === pupilId,
	'guardianAccess.record@1': accounts,
	'leerId.create@1': administration('leerId'),
	'leerId.renew@1': administration('leerId'),
	'leerId.adjust@1': administration('leerId'),
	'leerId.choosePassword@1': ownLeerId,
	'leerId.linkEmail@1': ownLeerId,
	'leerId.signedIn@1': ownLeerId,
	'card.revoke@1': cards,
	'card.handOut@1': cards,
	'card.takeBack@1': cards,
	'handOut.close@1': cards,
	'cardKey.rotate@1': administration('cards'),
	'print.start@1': cards,
	'print.saved@1': cards,
	'import.start@1': administration('import'),
	'import.write@1': administration('import'),
	'import.write@2': administration('import'),
	// Those may who may undo what was undone: `mayHaveUndone`.
	'change.undo@1': () => true
};

interface Undoing {
	readonly by: (who: Who, root: { readonly actorId: Id }) => boolean;
	readonly hours: number | null;
}

/** The pupil who did it, while they are one: `whoIs`. */
const samePupil: Undoing['by'] = ({ id, role }, { actorId }) => role === 'pupil' && id === actorId;

/** null: it stays. */
const undoable: { readonly [Name in MutationName]: Undoing | null } = {
	'school.create@1': null,
	'school.changeSettings@1': { by: administration('settings'), hours: null },
	'account.create@1': { by: accounts, hours: null },
	'account.edit@1': { by: accounts, hours: null },
	'account.archive@1': { by: accounts, hours: null },
	'account.renew@1': { by: accounts, hours: 24 },
	'account.reopen@1': { by: accounts, hours: 24 },
	'account.choosePassword@1': null,
	'account.changeEmail@1': null,
	'signIn.block@1': { by: accounts, hours: null },
	'signIn.unblock@1': { by: accounts, hours: null },
	'signIn.report@1': null,
	'signIn.settleReport@1': { by: accounts, hours: null },
	'guardianAccess.choose@1': { by: samePupil, hours: null },
	'guardianAccess.record@1': { by: accounts, hours: null },
	'leerId.create@1': { by: administration('leerId'), hours: 24 },
	'leerId.renew@1': { by: administration('leerId'), hours: 24 },
	'leerId.adjust@1': { by: administration('leerId'), hours: 24 },
	'leerId.choosePassword@1': null,
	'leerId.linkEmail@1': null,
	'leerId.signedIn@1': null,
	'card.revoke@1': { by: cards, hours: 24 },
	'card.handOut@1': { by: cards, hours: 24 },
	'card.takeBack@1': { by: cards, hours: 24 },
	'handOut.close@1': { by: cards, hours: 24 },
	'cardKey.rotate@1': null,
	'print.start@1': { by: cards, hours: 24 },
	'print.saved@1': null,
	'import.start@1': { by: administration('import'), hours: 30 * 24 },
	'import.write@1': { by: administration('import'), hours: 30 * 24 },
	'import.write@2': { by: administration('import'), hours: 30 * 24 },
	// Doing again goes by the rule of what was undone.
	'change.undo@1': null
};

/** Returns who somebody is today by the records alone; null: nobody who may sign in. */
export function whoIs(id: Id, state: SchoolState, today: IsoDate): Who | null {
	if (id === systemId) return { id, role: 'system', rights: [], state };
	if (state.get('signInBlock', id)?.cause === 'administration') return null;
	const account = state.get('account', id);
	if (account) {
		const { role, rights, archivedAt } = account;
		return archivedAt === null ? { id, role, rights, state } : null;
	}
	const pupilId = state.get('leerId', id)?.pupilId;
	const isEnrolled = [...state.all('enrolment')].some(
		(enrolment) => enrolment.pupilId === pupilId && enrolment.to >= today
	);
	return isEnrolled ? { id, role: 'pupil', rights: [], state } : null;
}

export function mayHaveMade(who: Who, name: MutationName, args: unknown): boolean {
	return (rules[name] as Rule<unknown>)(who, args);
}

/** @param root what is taken back, through undoing and doing again */
export function mayHaveUndone(
	who: Who,
	root: { readonly name: string; readonly actorId: Id; readonly madeAt: Instant },
	madeAt: Instant
): boolean {
	const rule = (undoable as Readonly<Record<string, Undoing | null>>)[root.name];
	if (!rule) return false;
	const hours = (Date.parse(madeAt) - Date.parse(root.madeAt)) / 3_600_000;
	return rule.by(who, root) && (rule.hours === null || hours <= rule.hours);
}
