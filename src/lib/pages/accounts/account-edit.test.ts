import { expect, test } from 'vitest';
import { conflictText } from '#lib/client/form/conflict-text.ts';
import { testSession } from '#lib/client/session/test-session.ts';
import { firstAccount, TestSchool } from '#lib/domain/testing/test-school.ts';
import { AccountEdit } from './account-edit.svelte.ts';

const { displayName, rights } = firstAccount;

function made() {
	const school = new TestSchool();
	const { session } = testSession(school);
	const form = new AccountEdit(session, firstAccount.id);
	const account = () => school.state.get('account', firstAccount.id);
	/** An edit by a colleague meanwhile. */
	const meanwhile = (edit: object) =>
		expect(school.make('account.edit@1', { accountId: firstAccount.id, edit })).toBeNull();
	return { form, account, meanwhile, session };
}

test('what a colleague changed of an account meanwhile is asked: theirs, or mine', async () => {
	for (const keep of ['theirs', 'mine'] as const) {
		const { form, account, meanwhile } = made();
		form.displayName = 'Mijn naam';
		form.email = 'an@school.example';
		meanwhile({ displayName: [displayName, 'Hun naam'] });
		expect(await form.save()).toBe(false);
		expect(form.action.problem).toBeNull();
		expect(form.conflict.fields).toEqual([
			{ field: 'displayName', mine: 'Mijn naam', theirs: 'Hun naam' }
		]);
		form.conflict.settle('displayName', keep);
		expect(form.conflict.fields).toEqual([]);
		expect(await form.save()).toBe(true);
		const name = keep === 'mine' ? 'Mijn naam' : 'Hun naam';
		expect(account()).toMatchObject({ displayName: name, email: 'an@school.example' });
	}
});

test('a conflict about rights is told in words', async () => {
	const { form, meanwhile, session } = made();
	form.setRight('cards', false);
	meanwhile({ rights: [rights, ['accounts', 'cards']] });
	expect(await form.save()).toBe(false);
	const [conflict] = form.conflict.fields;
	if (!conflict || !form.account) throw new Error('no conflict');
	expect(conflictText(session, form.account, conflict)).toMatchObject({
		label: 'Rechten',
		values: {
			theirs: 'Accounts van medewerkers en ouders beheren, Kaarten ondertekenen en afdrukken'
		}
	});
});
