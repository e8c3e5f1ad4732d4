import fc from 'fast-check';
import type { Id } from '../kernel/ids.ts';
import { accountAt, actorOf, leerIdOf, pupilId, weighed, type Command } from './command.ts';
import { firstAccount, group, pupilActor, type TestSchool } from './test-school.ts';

/** Accounts, others' and one's own, and who sees whom. */

const which = fc.nat(9);

const create = fc.nat(2).map((name): Command => (school, at) => {
	const created = { ...firstAccount, id: `account-x${at}`, userName: `staff${name}` };
	return school.make('account.create@1', { account: created });
});

const rename = fc.tuple(which, fc.nat(2)).map(([one, name]): Command => (school) => {
	const account = accountAt(school, one);
	const edit = { userName: [account?.userName ?? '', `staff${name}`] } as const;
	return school.make('account.edit@1', { accountId: account?.id ?? 'none', edit });
});

/** The last who manages accounts is kept from losing that. */
const reassign = fc.tuple(which, fc.boolean()).map(([one, teaches]): Command => (school) => {
	const account = accountAt(school, one);
	const edit = {
		role: [account?.role ?? 'teacher', teaches ? 'teacher' : 'administration'],
		rights: [account?.rights ?? [], teaches ? [] : firstAccount.rights],
		groupIds: [account?.groupIds ?? [], teaches ? [group.id] : []]
	} as const;
	return school.make('account.edit@1', { accountId: account?.id ?? 'none', edit });
});

const archive = which.map((one): Command => (school) => {
	return school.make('account.archive@1', { accountId: accountAt(school, one)?.id ?? 'none' });
});

/** A new password for an account, in place of the one that it has. */
function newSecret(school: TestSchool, one: number, at: number) {
	const account = accountAt(school, one);
	const fromSecretId = account?.secretId ?? null;
	return {
		account,
		args: { accountId: account?.id ?? 'none', fromSecretId, secretId: `secret-x${at}` }
	};
}

const renew = which.map(
	(one): Command =>
		(school, at) =>
			school.make('account.renew@1', newSecret(school, one, at).args)
);

const reopen = which.map(
	(one): Command =>
		(school, at) =>
			school.make('account.reopen@1', newSecret(school, one, at).args)
);

const choosePassword = which.map((one): Command => (school, at) => {
	const { account, args } = newSecret(school, one, at);
	return school.make('account.choosePassword@1', args, { actor: actorOf(account) });
});

const changeEmail = which.map((one): Command => (school, at) => {
	const account = accountAt(school, one);
	const email = [account?.email ?? null, `mail${at}@school.be`] as const;
	const args = { accountId: account?.id ?? 'none', email };
	return school.make('account.changeEmail@1', args, { actor: actorOf(account) });
});

/** Somebody who signs in: a pupil, or any of the accounts. */
const signer = fc.option(pupilId).chain((pupil) =>
	which.map(
		(one) =>
			(school: TestSchool): Id =>
				(pupil === null ? accountAt(school, one) : leerIdOf(school, pupil))?.id ?? 'none'
	)
);

const block = signer.map((find): Command => (school) => {
	return school.make('signIn.block@1', { accountId: find(school), cause: 'administration' });
});

const unblock = signer.map((find): Command => (school) => {
	return school.make('signIn.unblock@1', { accountId: find(school) });
});

const report = signer.map((find): Command => (school, at) => {
	const actor = { id: 'system', role: 'system', rights: [] } as const;
	const args = { reportId: `report-${at}`, accountId: find(school) };
	return school.make('signIn.report@1', args, { actor });
});

const settle: Command = (school) => {
	const [first] = school.state.all('signInReport');
	return school.make('signIn.settleReport@1', { reportId: first?.id ?? 'none' });
};

const chooseAccess = fc
	.tuple(pupilId, fc.boolean())
	.map(([pupil, allowed]): Command => (school) => {
		const actor = pupilActor(leerIdOf(school, pupil)?.id ?? 'none');
		return school.make('guardianAccess.choose@1', { pupilId: pupil, allowed }, { actor });
	});

const recordAccess = fc
	.tuple(pupilId, fc.boolean())
	.map(([pupil, allowed]): Command => (school) => {
		const seen = school.state.get('guardianAccess', pupil)?.decidedAt ?? null;
		const args = { pupilId: pupil, allowed, consent: 'Op papier', seen };
		return school.make('guardianAccess.record@1', args);
	});

export const accountCommands = {
	'account.create@1': weighed(2, create),
	'account.edit@1': weighed(2, fc.oneof(rename, reassign)),
	'account.archive@1': weighed(1, archive),
	'account.renew@1': weighed(2, renew),
	'account.reopen@1': weighed(1, reopen),
	'account.choosePassword@1': weighed(1, choosePassword),
	'account.changeEmail@1': weighed(1, changeEmail),
	'signIn.block@1': weighed(2, block),
	'signIn.unblock@1': weighed(2, unblock),
	'signIn.report@1': weighed(1, report),
	'signIn.settleReport@1': weighed(1, fc.constant(settle)),
	'guardianAccess.choose@1': weighed(2, chooseAccess),
	'guardianAccess.record@1': weighed(2, recordAccess)
} as const;
