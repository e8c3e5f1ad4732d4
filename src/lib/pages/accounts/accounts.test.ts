import { beforeEach, expect, test, vi } from 'vitest';
import { testSession } from '#lib/client/session/test-session.ts';
import { firstAccount, TestSchool } from '#lib/domain/testing/test-school.ts';
import { ok, refuse } from '#lib/domain/kernel/result.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import { accountRows } from './account-rows.ts';
import { standingOf } from './account-text.ts';
import { AccountEdit } from './account-edit.svelte.ts';
import { NewAccountForm } from './new-account.svelte.ts';

const colleague: Account = {
	...firstAccount,
	id: 'account-2',
	userName: 'bpieters',
	displayName: 'Bart Pieters',
	rights: ['cards', 'leerId']
};

const write = vi.fn(async () => Promise.resolve(ok(undefined)));
const prepareAccount = vi.fn();
const removeAccount = vi.fn(async () => Promise.resolve(ok(undefined)));

beforeEach(() => {
	vi.clearAllMocks();
	prepareAccount.mockResolvedValue(ok(write));
});

function newForm(school = new TestSchool()) {
	const test = testSession(school, { vaults: { prepareAccount } });
	const form = new NewAccountForm(test.session);
	form.displayName = 'Bart van den Berg';
	form.password.password = 'zeven groene tractoren';
	form.password.passwordAgain = 'zeven groene tractoren';
	form.password.ownPassword = 'mine';
	return { ...test, form };
}

test('an account gets its record first, and then its password', async () => {
	const { form, committed, school } = newForm();
	write.mockImplementation(async () => {
		expect(committed).toHaveLength(1);
		return Promise.resolve(ok(undefined));
	});
	expect(await form.save()).toBe(true);
	expect(write).toHaveBeenCalledOnce();
	const [made] = school.state.find('accountByUserName', 'bvandenberg');
	expect(made).toMatchObject({ displayName: 'Bart van den Berg', role: 'administration' });
	expect(prepareAccount.mock.calls[0]?.slice(1)).toEqual([
		'mine',
		{ accountId: made?.id, userName: 'bvandenberg', displayName: 'Bart van den Berg' },
		'zeven groene tractoren'
	]);
	expect(form.draft).toBeNull();
	expect(form.password.typed).toBe(false);
});

test('a wrong own password makes nothing, and is said at its field', async () => {
	const { form, committed } = newForm();
	prepareAccount.mockResolvedValue(refuse({ code: 'wrongPassword', until: null }));
	expect(await form.save()).toBe(false);
	expect(committed).toEqual([]);
	expect(form.password.errors.ownPassword).toBeDefined();
	expect(form.password.ownPassword).toBe('');
	form.password.ownPassword = 'again';
	expect(form.password.errors).toEqual({});
});

test('a rule that refuses leaves no password', async () => {
	const { form, session } = newForm();
	const refused = { code: 'notAllowed', index: 0 } as const;
	vi.spyOn(session, 'commit').mockResolvedValue(refuse(refused));
	expect(await form.save()).toBe(false);
	expect(write).not.toHaveBeenCalled();
	expect(form.action.problem).not.toBeNull();
});

test('a user name that is taken gets a number; one that was typed is refused', async () => {
	const school = new TestSchool();
	school.make('account.create@1', { account: { ...colleague, userName: 'bvandenberg' } });
	const { form } = newForm(school);
	expect(form.userName).toBe('bvandenberg1');
	form.userName = ' BVandenBerg ';
	expect(await form.save()).toBe(false);
	expect(Object.keys(form.errors)).toEqual(['userName']);
	form.displayName = '';
	form.userName = 'met spatie';
	expect(Object.keys(form.errors)).toEqual(['displayName', 'userName']);
});

test('a weak or differing password is refused', async () => {
	const { form } = newForm();
	form.password.password = 'bart van den berg';
	expect(await form.save()).toBe(false);
	expect(Object.keys(form.password.errors)).toEqual(['password', 'passwordAgain']);
	expect(prepareAccount).not.toHaveBeenCalled();
});

test('only the administration has rights', async () => {
	const { form, school } = newForm();
	form.setRight('settings', true);
	form.role = 'teacher';
	await form.save();
	expect(school.state.find('accountByUserName', 'bvandenberg')[0]?.rights).toEqual([]);
});

test('the draft of a new account holds no password', () => {
	const { form, session } = newForm();
	form.setRight('accounts', true);
	const kept = JSON.stringify(form.draft);
	expect(kept).not.toContain('tractoren');
	const again = new NewAccountForm(session);
	again.restore(JSON.parse(kept) as never);
	expect([again.displayName, again.userName, again.has('accounts')]).toEqual([
		'Bart van den Berg',
		'bvandenberg',
		true
	]);
});

function edited() {
	const school = new TestSchool();
	school.make('account.create@1', { account: colleague });
	const test = testSession(school, { vaults: { removeAccount } });
	return { ...test, form: new AccountEdit(test.session, colleague.id) };
}

test('an account is changed field by field, and rights count as a set', async () => {
	const { form, committed } = edited();
	form.setRight('import', true);
	form.setRight('import', false);
	expect(form.draft).toBeNull();
	form.displayName = 'Bart Pieters-Maes ';
	form.setRight('accounts', true);
	expect(await form.save()).toBe(true);
	expect(committed[0]?.args).toEqual({
		accountId: 'account-2',
		edit: {
			displayName: ['Bart Pieters', 'Bart Pieters-Maes'],
			rights: [
				['cards', 'leerId'],
				['accounts', 'cards', 'leerId']
			]
		}
	});
	expect(form.draft).toBeNull();
});

test('archiving ends the sign-in on this device too', async () => {
	const { form, school } = edited();
	expect(await form.archive()).toBe(true);
	expect(school.state.get('account', 'account-2')?.archivedAt).not.toBeNull();
	expect(removeAccount).toHaveBeenCalledWith(expect.anything(), 'account-2');
});

test('the last administrator stays, and is told why', async () => {
	const { session } = edited();
	const form = new AccountEdit(session, 'account-1');
	expect(await form.archive()).toBe(false);
	expect(form.action.problem).not.toBeNull();
	expect(removeAccount).not.toHaveBeenCalled();
	form.setRight('accounts', false);
	expect(await form.save()).toBe(false);
	expect(form.draft).not.toBeNull();
});

test('the list says who can sign in here; archived ones come last', () => {
	const { school } = edited();
	const archived = { ...colleague, id: 'account-3', userName: 'aa', displayName: 'Aad Aa' };
	school.make('account.create@1', { account: archived });
	school.make('account.archive@1', { accountId: 'account-3' });
	const rows = accountRows(school.state, {
		own: 'account-1',
		withPassword: new Set(['account-1']),
		joined: false
	});
	expect(rows.map(({ id, standing }) => [id, standing.shape])).toEqual([
		['account-1', 'full'],
		['account-2', 'empty'],
		['account-3', 'none']
	]);
});

test('a teacher gets the groups that are ticked, and leaves them with another role', async () => {
	const { form, committed } = edited();
	form.role = 'teacher';
	form.setGroup('group-1', true);
	expect(form.hasGroup('group-1')).toBe(true);
	expect(await form.save()).toBe(true);
	expect(committed[0]?.args).toMatchObject({ edit: { groupIds: [[], ['group-1']] } });
	form.setGroup('group-1', false);
	form.setGroup('group-1', true);
	expect(form.draft).toBeNull();
	form.role = 'scheduler';
	expect(await form.save()).toBe(true);
	expect(committed[1]?.args).toMatchObject({ edit: { groupIds: [['group-1'], []] } });
});

test('where the school has a server, what counts is the password that the school issued', () => {
	const account = { ...colleague, secretId: 'secret-1', issuedAt: '2026-11-21T09:00:00.000Z' };
	const facts = { hasPassword: false, joined: true, blocked: false };
	expect(standingOf(account, facts).shape).toBe('half');
	expect(standingOf({ ...account, issuedAt: null }, facts).shape).toBe('full');
	expect(standingOf(colleague, facts).shape).toBe('empty');
	expect(standingOf({ ...account, issuedAt: null }, { ...facts, joined: false }).tone).toBe('warn');
	expect(standingOf(account, { ...facts, blocked: true }).tone).toBe('danger');
});
