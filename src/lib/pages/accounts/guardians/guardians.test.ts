import { beforeEach, expect, test, vi } from 'vitest';
import { printLetters } from '#lib/client/accounts/account-letters.ts';
import { createGuardianAccounts, renewAccounts } from '#lib/client/accounts/issue-accounts.ts';
import { PaperPrinter } from '#lib/client/print/printer.svelte.ts';
import { testSession } from '#lib/client/session/test-session.ts';
import { systemActor } from '#lib/domain/credentials/actor-ids.ts';
import {
	bring,
	familySchool,
	guardianAccount,
	guardianActor,
	guardianRecord,
	guardianshipRecord
} from '#lib/domain/accounts/test-family.ts';
import { ok, refuse } from '#lib/domain/kernel/result.ts';
import { today } from '#lib/domain/testing/test-school.ts';
import { SignInEdit } from './sign-in-edit.svelte.ts';
import { childrenOf, guardianRows } from './guardian-rows.ts';

vi.mock('#lib/client/accounts/account-letters.ts', () => ({ printLetters: vi.fn() }));
vi.mock('#lib/client/print/start-worker.ts', () => ({ startPrintWorker: () => undefined }));

const letters = vi.mocked(printLetters);

beforeEach(() => {
	vi.clearAllMocks();
	letters.mockResolvedValue(ok({ letters: 1 }));
});

function issuing(school = familySchool()) {
	const made = testSession(school);
	const printer = new PaperPrinter();
	return { ...made, issuing: { session: made.session, printer, title: '6de leerjaar' } };
}

const standingsOf = (school: ReturnType<typeof familySchool>) =>
	guardianRows(school.state, today)
		.map(({ guardian, standing }) => `${guardian.id} ${standing}`)
		.sort();

test('the list says of every parent how far their account is', () => {
	const school = familySchool();
	bring(school, guardianRecord('former'));
	expect(standingsOf(school)).toEqual(['father none', 'mother none']);
	school.make('account.create@1', { account: guardianAccount('father') });
	school.make('account.create@1', { account: guardianAccount('mother') });
	expect(standingsOf(school)).toEqual(['father letter', 'mother letter']);
	const secret = { fromSecretId: 'secret-father-1', secretId: 'secret-father-2' };
	const own = { accountId: 'account-father', ...secret };
	school.make('account.choosePassword@1', own, { actor: guardianActor('father') });
	const block = { accountId: 'account-mother', cause: 'wrongPasswords' } as const;
	school.make('signIn.block@1', block, { actor: systemActor });
	expect(standingsOf(school)).toEqual(['father own', 'mother blocked']);
	school.make('account.archive@1', { accountId: 'account-mother' });
	expect(standingsOf(school)).toEqual(['father own', 'mother archived']);
});

test('a parent is found by a child’s name, with or without accents', () => {
	const [row] = guardianRows(familySchool().state, today);
	expect(row?.children).toBe('Abdulghani Bogdan');
	expect(row?.search).toContain('abdulghani');
});

test('a child whom the parent does not see has the reason beside it', () => {
	const school = familySchool();
	const noteOf = () => childrenOf(school.state, 'father', today)[0]?.note;
	expect(noteOf()).toBe('');
	bring(school, { kind: 'pupilIdentity', id: 'child', birthDate: '2008-11-21', sex: null });
	expect(noteOf()).toContain('18');
	bring(school, guardianshipRecord('father', 'child', { authority: false }));
	expect(noteOf()).toContain('gezag');
});

test('accounts are made with user names of their own, and a letter each', async () => {
	const school = familySchool();
	bring(school, guardianRecord('uncle'), {
		...{ kind: 'guardianContact', id: 'uncle', street: '', houseNumber: '', postcode: '' },
		...{ city: '', phone: '', email: 'oom@example.org' }
	});
	const { issuing: how, committed } = issuing(school);
	const guardians = ['father', 'uncle'].flatMap((id) => school.state.get('guardian', id) ?? []);
	expect(await createGuardianAccounts(how, guardians)).toMatchObject({ ok: true });
	const accounts = [...school.state.all('account')].filter(({ role }) => role === 'guardian');
	expect(accounts.map(({ userName, email }) => [userName, email])).toEqual([
		['jvanderberg', null],
		['jvanderberg1', 'oom@example.org']
	]);
	expect(letters).toHaveBeenCalledWith(
		how.session,
		how.printer,
		accounts.map(({ id }) => id),
		'6de leerjaar'
	);
	for (const [at, { secrets }] of committed.entries()) {
		expect(Object.keys(secrets ?? {})).toEqual([accounts[at]?.secretId]);
	}
});

test('a user name that an import brought is kept', async () => {
	const { issuing: how, school } = issuing();
	const values = { userName: 'jan.berg' };
	bring(school, { kind: 'importBase', id: 'father', subject: 'guardian', sourceKey: '1', values });
	const guardian = school.state.get('guardian', 'father');
	await createGuardianAccounts(how, guardian ? [guardian] : []);
	expect(school.state.find('accountByUserName', 'jan.berg')).toHaveLength(1);
});

test('passwords that were kept stay where the letters could not be made', async () => {
	const { issuing: how, school, toasts } = issuing();
	school.make('account.create@1', { account: guardianAccount('father') });
	const account = school.state.get('account', 'account-father');
	letters.mockResolvedValue(refuse({ code: 'cancelled' }));
	expect(await renewAccounts(how, account ? [account] : [])).toMatchObject({ ok: true });
	expect(school.state.get('account', 'account-father')?.secretId).not.toBe('secret-father-1');
	expect(toasts.items).toHaveLength(1);
	school.make('account.archive@1', { accountId: 'account-father' });
	const archived = school.state.get('account', 'account-father');
	expect(await renewAccounts(how, archived ? [archived] : [])).toMatchObject({ ok: true });
	expect(school.state.get('account', 'account-father')?.archivedAt).toBeNull();
});

test('user name and address are changed, checked and taken back', async () => {
	const { session, school, committed } = issuing();
	school.make('account.create@1', { account: guardianAccount('father') });
	const form = new SignInEdit(session, 'account-father');
	form.email = ' jan@example.org ';
	form.userName = 'AN.Peeters';
	expect(await form.save()).toBe(false);
	expect(Object.keys(form.errors)).toEqual(['userName']);
	form.userName = 'userfather';
	form.email = 'geen adres';
	expect(Object.keys(form.errors)).toEqual(['email']);
	form.email = 'jan@example.org';
	expect(await form.save()).toBe(true);
	expect(committed[0]?.args).toEqual({
		accountId: 'account-father',
		edit: { email: [null, 'jan@example.org'] }
	});
	form.email = '';
	expect(form.draft).toEqual({ email: ['jan@example.org', null] });
	const again = new SignInEdit(session, 'account-father');
	again.restore(form.draft ?? {});
	expect(again.email).toBe('');
});
