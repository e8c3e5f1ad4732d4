import type { ArgsOf, MutationName } from '../registry/mutators.ts';
import type { Id } from '../kernel/ids.ts';

/**
 * The argument that says whom or what a mutation is about: an id, or a record that is given whole.
 * null: the school itself; and an undo is about what it takes back.
 */
const subjectArguments: {
	readonly [Name in MutationName]: Extract<keyof ArgsOf<Name>, string> | null;
} = {
	'school.create@1': null,
	'school.changeSettings@1': null,
	'account.create@1': 'account',
	'account.edit@1': 'accountId',
	'account.archive@1': 'accountId',
	'account.renew@1': 'accountId',
	'account.reopen@1': 'accountId',
	'account.choosePassword@1': 'accountId',
	'account.changeEmail@1': 'accountId',
	'signIn.block@1': 'accountId',
	'signIn.unblock@1': 'accountId',
	'signIn.report@1': 'accountId',
	'signIn.settleReport@1': null,
	'guardianAccess.choose@1': 'pupilId',
	'guardianAccess.record@1': 'pupilId',
	'leerId.create@1': 'pupilId',
	'leerId.renew@1': 'leerIdId',
	'leerId.adjust@1': 'leerIdId',
	'leerId.choosePassword@1': 'leerIdId',
	'leerId.linkEmail@1': 'leerIdId',
	'leerId.signedIn@1': 'leerIdId',
	'card.revoke@1': 'cardId',
	'card.handOut@1': 'cardId',
	'card.takeBack@1': 'cardId',
	'handOut.close@1': 'ofId',
	'cardKey.rotate@1': null,
	'print.start@1': 'printRunId',
	'print.saved@1': 'printRunId',
	'import.start@1': 'run',
	'import.write@1': 'importRunId',
	'import.write@2': 'importRunId',
	'change.undo@1': null
};

/**
 * Whom or what a mutation was about, from its arguments as they were kept: they may be of any shape.
 * null: the school, or they do not say.
 */
export function askedAbout(mutation: string, args: unknown): Id | null {
	if (!Object.hasOwn(subjectArguments, mutation)) return null;
	const name = subjectArguments[mutation as MutationName];
	const named = name === null ? null : fieldOf(args, name);
	const id = typeof named === 'string' ? named : fieldOf(named, 'id');
	return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : null;
}

function fieldOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
		? (value as Readonly<Record<string, unknown>>)[name]
		: null;
}
