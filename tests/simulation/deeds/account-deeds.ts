import fc from 'fast-check';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { firstAccount } from '#lib/domain/testing/test-school.ts';
import {
	anyOf,
	command,
	often,
	others,
	seldom,
	staffAndGuardians,
	word,
	type Deed,
	type Sight
} from './deed.ts';
import { adultId, deputyId, groupIds, guardianId, teacherId } from '../school.ts';

/** The deeds about accounts, others' and their own. */

const hiring = fc
	.tuple(anyOf(['teacher', 'scheduler'] as const), fc.boolean())
	.map(([role, hasPassword]): Deed => ({ at }) => {
		const secretId = hasPassword ? `secret-${at}` : null;
		const staff = { role, rights: [], userName: `staff${at}`, id: `account-new-${at}` };
		const secrets = secretId === null ? undefined : { [secretId]: word('geheim-woord') };
		const account = { ...firstAccount, ...staff, secretId };
		return [command('account.create@1', { account }, secrets)];
	});

/** Grants given and taken: what the teacher sees, and what the deputy may do. */
const teaching = fc.subarray([...groupIds]).map((to): Deed => ({ state }) => {
	const from = state.get('account', teacherId)?.groupIds ?? [];
	return [command('account.edit@1', { accountId: teacherId, edit: { groupIds: [from, to] } })];
});

const rights = fc
	.subarray(['cards', 'import', 'leerId'] as const)
	.map((to): Deed => ({ state }) => {
		const from = state.get('account', deputyId)?.rights ?? [];
		return [command('account.edit@1', { accountId: deputyId, edit: { rights: [from, to] } })];
	});

const role = anyOf(['administration', 'scheduler'] as const).map((to): Deed => ({ state }) => {
	const from = state.get('account', deputyId)?.role ?? 'administration';
	return [command('account.edit@1', { accountId: deputyId, edit: { role: [from, to] } })];
});

const ending = staffAndGuardians.map((accountId): Deed => () => [
	command('account.archive@1', { accountId })
]);

/** An account that was archived may sign in again. */
export function reopening(accountId: Id): Deed {
	return ({ state, at }) => {
		const account = state.get('account', accountId);
		if (!account || account.archivedAt === null) return [];
		const args = { accountId, fromSecretId: account.secretId, secretId: `secret-${at}` };
		return [command('account.reopen@1', args, { [args.secretId]: word('geheim-woord') })];
	};
}

/** The same of one that may work yet: it has a new password then, and no more. */
const reissuing = staffAndGuardians.map((accountId): Deed => ({ state, at }) => {
	const fromSecretId = state.get('account', accountId)?.secretId ?? null;
	const args = { accountId, fromSecretId, secretId: `secret-${at}` };
	return [command('account.reopen@1', args, { [args.secretId]: word('geheim-woord') })];
});

/** Lets somebody sign in again whom the administration blocked. */
export function unblocking(accountId: Id): Deed {
	return ({ state }) =>
		state.get('signInBlock', accountId) ? [command('signIn.unblock@1', { accountId })] : [];
}

const letting = others.map((accountId): Deed => () => [command('signIn.unblock@1', { accountId })]);

const renewal = staffAndGuardians.map((accountId): Deed => ({ state, at }) => {
	const fromSecretId = state.get('account', accountId)?.secretId ?? null;
	const args = { accountId, fromSecretId, secretId: `secret-${at}` };
	return [command('account.renew@1', args, { [args.secretId]: word('geheim-woord') })];
});

/** A password that only the server can judge. */
const ownPassword = anyOf(['long enough', 'short']).map((text): Deed => ({ state, actor, at }) => {
	const account = state.get('account', actor.id);
	if (!account) return [];
	const args = { accountId: actor.id, fromSecretId: account.secretId, secretId: `secret-${at}` };
	return [command('account.choosePassword@1', args, { [args.secretId]: word(text) })];
});

/** Of a pupil; another's, where it is somebody else who asks. */
function leerIdOf({ state, actor }: Sight) {
	return state.get('leerId', actor.id) ?? state.get('leerId', adultId);
}

const pupilsPassword = anyOf(['long enough', 'short']).map((text): Deed => (sight) => {
	const leerId = leerIdOf(sight);
	if (!leerId) return [];
	const secretId = `secret-${sight.at}`;
	const args = { leerIdId: leerId.id, fromSecretId: leerId.secretId ?? 'none', secretId };
	return [command('leerId.choosePassword@1', args, { [secretId]: word(text) })];
});

/** Only the server's own door knows that a mail was answered: over sync it is refused. */
const ownEmail: Deed = ({ state, actor, at }) => {
	const from = state.get('account', actor.id)?.email ?? null;
	const email = [from, `mail${at}@school.be`] as const;
	return [command('account.changeEmail@1', { accountId: actor.id, email })];
};

const pupilsEmail: Deed = (sight) => {
	const leerId = leerIdOf(sight);
	const email = [leerId?.email ?? null, `mail${sight.at}@school.be`] as const;
	return leerId ? [command('leerId.linkEmail@1', { leerIdId: leerId.id, email })] : [];
};

const signingIn: Deed = (sight) => [
	command('leerId.signedIn@1', { leerIdId: leerIdOf(sight)?.id ?? adultId })
];

const blocking = others.map((accountId): Deed => () => [
	command('signIn.block@1', { accountId, cause: 'administration' })
]);

const reporting: Deed = ({ at }) => [
	command('signIn.report@1', { reportId: `report-${at}`, accountId: guardianId })
];

const settling: Deed = ({ state }) => {
	const [report] = state.all('signInReport');
	return [command('signIn.settleReport@1', { reportId: report?.id ?? 'report-0' })];
};

const choosingAccess = fc.boolean().map((allowed): Deed => (sight) => {
	const pupilId = leerIdOf(sight)?.pupilId ?? 'p4';
	return [command('guardianAccess.choose@1', { pupilId, allowed })];
});

const recordingAccess = fc.boolean().map((allowed): Deed => ({ state }) => {
	const seen = state.get('guardianAccess', 'p4')?.decidedAt ?? null;
	const args = { pupilId: 'p4', allowed, consent: 'Op papier', seen };
	return [command('guardianAccess.record@1', args)];
});

export const accountDeeds = {
	'account.create@1': seldom(hiring),
	'account.edit@1': often(fc.oneof(teaching, rights, role), 5),
	'account.archive@1': often(ending, 2),
	'account.renew@1': seldom(renewal),
	'account.reopen@1': seldom(reissuing),
	'account.choosePassword@1': often(ownPassword, 2),
	'account.changeEmail@1': seldom(ownEmail),
	'signIn.block@1': seldom(blocking),
	'signIn.unblock@1': seldom(letting),
	'signIn.report@1': seldom(reporting),
	'signIn.settleReport@1': often(fc.constant(settling), 2),
	'guardianAccess.choose@1': often(choosingAccess),
	'guardianAccess.record@1': often(recordingAccess, 2),
	'leerId.choosePassword@1': seldom(pupilsPassword),
	'leerId.linkEmail@1': seldom(pupilsEmail),
	'leerId.signedIn@1': seldom(signingIn)
} as const;
