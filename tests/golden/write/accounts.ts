import { rights, type Actor } from '#lib/domain/kernel/actor.ts';
import { systemActor } from '#lib/domain/credentials/actor-ids.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { accounts, idOf, passwords, temporary } from '../support/cast.ts';
import { group } from './roster.ts';
import type { Story } from './story.ts';

export const administrator: Actor = {
	id: accounts.administrator.id,
	role: 'administration',
	rights: [...rights]
};
const jan: Actor = { id: accounts.guardian.id, role: 'guardian', rights: [] };
const by = { actor: administrator };

export function account(name: string, fields: Partial<Account>): Account {
	return {
		kind: 'account',
		id: idOf(`account/${name}`),
		userName: name,
		displayName: `De heer/mevrouw ${name}`,
		role: 'teacher',
		rights: [],
		guardianId: null,
		groupIds: [],
		email: null,
		secretId: null,
		issuedAt: null,
		archivedAt: null,
		...fields
	};
}

/** Account is made, with a password that the school issues. */
function issue(story: Story, name: string, fields: Partial<Account>, password: string): void {
	const secretId = idOf(`secret/${name}`);
	const secrets = { [secretId]: temporary(password) };
	story.make(
		'account.create@1',
		{ account: account(name, { ...fields, secretId }) },
		{ ...by, secrets }
	);
}

/** Every mutation about the accounts of staff and guardians, and what undoing them takes away. */
export function accountStory(story: Story): void {
	const { colleague, teacher, guardian } = accounts;
	story.make(
		'account.create@1',
		{
			account: account('colleague', {
				userName: colleague.userName,
				role: 'administration',
				rights: ['accounts', 'leerId']
			})
		},
		by
	);
	issue(
		story,
		'teacher',
		{ userName: 'bwillems', groupIds: [group], email: 'bart@school.example' },
		firstPassword
	);
	const renamed = { userName: ['bwillems', teacher.userName] } as const;
	story.make('account.edit@1', { accountId: teacher.id, edit: renamed }, by);
	const parent = { role: 'guardian', userName: guardian.userName } as const;
	issue(story, 'guardian', { ...parent, guardianId: idOf('guardian/Jan') }, 'Ab3defgh');
	const other = { ...parent, userName: 'ivandenberg', guardianId: idOf('guardian/Ilse') };
	issue(story, 'ilse', other, 'Cd4efghi');
	issue(story, 'scheduler', { role: 'scheduler' }, 'tafel regen poort');
	endings(story);
	ownAccount(story);
	signIns(story);
	const mistaken = { account: account('mistaken', { email: 'fout@school.example' }) };
	const made = story.make('account.create@1', mistaken, by);
	story.make('change.undo@1', { uid: made, except: [] }, by);
}

function endings(story: Story): void {
	const accountId = idOf('account/scheduler');
	story.make('account.archive@1', { accountId }, by);
	renewed(story, 'account.reopen@1', { accountId, from: idOf('secret/scheduler') });
	renewed(story, 'account.renew@1', { accountId: idOf('account/ilse'), from: idOf('secret/ilse') });
}

function renewed(
	story: Story,
	name: 'account.reopen@1' | 'account.renew@1',
	{ accountId, from: fromSecretId }: { readonly accountId: Id; readonly from: Id }
): void {
	const secretId = idOf(`secret/again/${accountId}`);
	const secrets = { [secretId]: temporary('Ef5ghijk') };
	story.make(name, { accountId, fromSecretId, secretId }, { ...by, secrets });
}

/** On the teacher's letter, until they choose their own. */
export const firstPassword = 'koffie dakraam mok tuin';

function ownAccount(story: Story): void {
	const accountId = accounts.guardian.id;
	const secretId = idOf('secret/guardian/own');
	story.make(
		'account.choosePassword@1',
		{ accountId, fromSecretId: idOf('secret/guardian'), secretId },
		{ actor: jan, secrets: { [secretId]: temporary(passwords.guardian) } }
	);
	const email = [null, 'jan@example.org'] as const;
	story.make('account.changeEmail@1', { accountId, email }, { actor: jan });
}

function signIns(story: Story): void {
	const [ilse, scheduler] = [idOf('account/ilse'), idOf('account/scheduler')];
	const system = { actor: systemActor };
	story.make('signIn.block@1', { accountId: ilse, cause: 'wrongPasswords' }, system);
	story.make('signIn.block@1', { accountId: scheduler, cause: 'administration' }, by);
	story.make('signIn.unblock@1', { accountId: scheduler }, by);
	for (const name of ['settled', 'open']) {
		const reportId = idOf(`report/${name}`);
		story.make('signIn.report@1', { reportId, accountId: accounts.guardian.id }, system);
	}
	story.make('signIn.settleReport@1', { reportId: idOf('report/settled') }, by);
}
