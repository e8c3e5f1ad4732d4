import type { MutationName } from '#lib/domain/registry/mutations.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Kind } from '#lib/domain/registry/kinds.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';

/**
 * The first version of golden files that has it; null: it is not released yet. Leaving one out does
 * not compile.
 */
type Since<Name extends string> = Readonly<Record<Name, 1 | null>>;

const kindsSince: Since<Kind> = {
	school: 1,
	group: 1,
	pupil: 1,
	pupilIdentity: 1,
	pupilOfficial: 1,
	nationalNumber: 1,
	pupilContact: 1,
	enrolment: 1,
	guardian: 1,
	guardianContact: 1,
	guardianship: 1,
	guardianAccess: 1,
	staff: 1,
	account: 1,
	signInBlock: 1,
	signInReport: 1,
	leerId: 1,
	credentialCard: 1,
	cardReceipt: 1,
	handOut: 1,
	printRun: 1,
	cardKey: 1,
	cardKeyPrivate: 1,
	importRun: 1,
	importBase: 1,
	history: 1
};

const mutationsSince: Since<MutationName> = {
	'school.create@1': 1,
	'school.changeSettings@1': 1,
	'account.create@1': 1,
	'account.edit@1': 1,
	'account.archive@1': 1,
	'account.renew@1': 1,
	'account.reopen@1': 1,
	'account.choosePassword@1': 1,
	'account.changeEmail@1': 1,
	'signIn.block@1': 1,
	'signIn.unblock@1': 1,
	'signIn.report@1': 1,
	'signIn.settleReport@1': 1,
	'guardianAccess.choose@1': 1,
	'guardianAccess.record@1': 1,
	'leerId.create@1': 1,
	'leerId.renew@1': 1,
	'leerId.adjust@1': 1,
	'leerId.choosePassword@1': 1,
	'leerId.linkEmail@1': 1,
	'leerId.signedIn@1': 1,
	'card.revoke@1': 1,
	'card.handOut@1': 1,
	'card.takeBack@1': 1,
	'handOut.close@1': 1,
	'cardKey.rotate@1': 1,
	'print.start@1': 1,
	'print.saved@1': 1,
	'import.start@1': 1,
	'import.write@1': 1,
	'import.write@2': 1,
	'change.undo@1': 1
};

/** The kinds that the files of a version hold, or that there are now. */
export function kindsIn(version?: number): Kind[] {
	return namesIn(kindsSince, version);
}

/** The mutations that the files of a version hold. */
export function mutationsIn(version: number): MutationName[] {
	return namesIn(mutationsSince, version);
}

export const releasedMutations: readonly MutationName[] = namesIn(mutationsSince).filter(
	(name) => mutationsSince[name] !== null
);

function namesIn<Name extends string>(since: Since<Name>, version?: number): Name[] {
	const names = Object.keys(since) as Name[];
	if (version === undefined) return names;
	return names.filter((name) => (since[name] ?? Infinity) <= version);
}

/** Every record of a state, in an order of its own: for comparing. */
export function allOf(state: StateReader): AnyRecord[] {
	return sorted(kindsIn().flatMap((kind) => [...state.all(kind)] as AnyRecord[]));
}

export function sorted(records: readonly AnyRecord[]): AnyRecord[] {
	return [...records].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function keyOf({ kind, id }: AnyRecord): string {
	return `${kind} ${id}`;
}
