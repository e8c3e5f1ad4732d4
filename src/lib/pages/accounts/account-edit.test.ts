import { expect, test } from 'vitest';
import { testSession } from '#lib/client/session/test-session.ts';
import { firstAccount, TestSchool } from '#lib/domain/testing/test-school.ts';
import { AccountEdit } from './account-edit.svelte.ts';

const { displayName, rights } = firstAccount;

function made() {
	const school = new TestSchool();
	const { session } = testSession(school);
	const form = new AccountEdit(session, firstAccount.id);
	const account = () => school.state.get('account', firstAccount.id);
	/** What a colleague does meanwhile. */
	const meanwhile = (edit: object) =>
		expect(school.make('account.edit@1', { accountId: firstAccount.id, edit })).toBeNull();
	return { form, account, meanwhile };
}

test('what a colleague changed of an account meanwhile is asked: theirs, or mine', async () => {
	for (const keep of ['theirs', 'mine'] as const) {
		const { form, account, meanwhile } = made();
		form.displayName = 'Mijn naam';
		form.email = 'an@school.example';
		meanwhile({ displayName: [displayName, 'Hun naam'] });
		expect(await form.save()).toBe(false);
		expect(form.problem).toBeNull();
		expect(form.conflict?.text).toContain('U vulde in: Mijn naam. Nu staat er: Hun naam.');
		form.settle(keep);
		expect(form.conflict).toBeNull();
		expect(await form.save()).toBe(true);
		const name = keep === 'mine' ? 'Mijn naam' : 'Hun naam';
		expect(account()).toMatchObject({ displayName: name, email: 'an@school.example' });
	}
});

test('a conflict about rights is told in words', async () => {
	const { form, meanwhile } = made();
	form.setRight('cards', false);
	meanwhile({ rights: [rights, ['accounts', 'cards']] });
	expect(await form.save()).toBe(false);
	expect(form.conflict?.text).toMatch(
		/Nu staat er: Accounts van medewerkers en ouders beheren en Kaarten/
	);
});
