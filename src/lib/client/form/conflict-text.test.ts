import { describe, expect, test } from 'vitest';
import { laterAccountFields } from '#lib/domain/accounts/account-rules.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import {
	administrator,
	administratorWith,
	firstAccount,
	group,
	TestSchool
} from '#lib/domain/testing/test-school.ts';
import { testSession } from '../session/test-session.ts';
import { contestedFields } from './conflict.svelte.ts';
import { conflictText } from './conflict-text.ts';

const sofie: Actor = { ...administratorWith('accounts', 'settings', 'leerId'), id: 'sofie' };
const [from] = [firstAccount.displayName];

/** A school with a second administrator, who changes the name of the first one. */
function changed(by: Actor = sofie) {
	const school = new TestSchool();
	const account = { ...laterAccountFields, ...firstAccount, id: 'sofie' };
	const named = { ...account, userName: 'sofie.maes', displayName: 'Sofie Maes' };
	expect(school.make('account.create@1', { account: named })).toBeNull();
	rename(school, by, from, 'Hun naam');
	return school;
}

function rename(school: TestSchool, actor: Actor, before: string, after: string): void {
	const edit = { displayName: [before, after] as const };
	expect(school.make('account.edit@1', { accountId: firstAccount.id, edit }, { actor })).toBeNull();
}

function textOf(school: TestSchool, actor: Actor = administrator) {
	const { session } = testSession(school, { actor });
	const record = school.state.get('account', firstAccount.id) as AnyRecord;
	const [conflict] = contestedFields(record, { displayName: [from, 'Mijn naam'] });
	if (!conflict) throw new Error('no conflict');
	return conflictText(session, record, conflict);
}

describe('a conflict', () => {
	test('says what was typed, what it is now, by whom and when', () => {
		const { by, ...text } = textOf(changed());
		expect(text).toEqual({
			field: 'displayName',
			label: 'Naam',
			values: { mine: 'Mijn naam', theirs: 'Hun naam' }
		});
		expect(by).toMatch(/^Gewijzigd door Sofie Maes op 21 november 2026 om \d\d:\d\d uur\.$/);
	});

	test('says so of a change by whoever is asked, on another device', () => {
		expect(textOf(changed(administrator)).by).toMatch(/^Door uzelf gewijzigd op 21 november 2026/);
	});

	test('says no name where the one who did it is not known here', () => {
		const school = changed();
		school.state.apply({ puts: [], removes: [{ kind: 'account', id: 'sofie' }] });
		expect(textOf(school).by).toMatch(/^Gewijzigd op 21 november 2026/);
	});

	test('says nobody while the history is not on this device', () => {
		const school = changed();
		const entries = [...school.state.all('history')];
		school.state.apply({ puts: [], removes: entries.map(({ kind, id }) => ({ kind, id })) });
		expect(textOf(school).by).toBeNull();
	});

	test('names nobody else where the last change is not in the history', () => {
		const school = changed();
		rename(school, administrator, 'Hun naam', 'Nog een naam');
		const last = [...school.state.all('history')].at(-1);
		if (!last) throw new Error('no history');
		school.state.apply({ puts: [], removes: [{ kind: 'history', id: last.id }] });
		expect(textOf(school).by).toBeNull();
	});

	test('says nobody to who may not see the history of it', () => {
		const school = changed();
		expect(textOf(school, { id: 'account-9', role: 'teacher', rights: [] }).by).toBeNull();
	});

	test('shows no password, nor the id of one', () => {
		const school = new TestSchool('p');
		school.withLeerId('p');
		expect(school.make('leerId.renew@1', school.renewal('p', 2), { actor: sofie })).toBeNull();
		const { session } = testSession(school);
		const record = school.state.get('leerId', 'leerId-p') as AnyRecord;
		const wanted = { secretId: ['secret-p-1', 'secret-mine'] } as const;
		const [conflict] = contestedFields(record, wanted);
		if (!conflict) throw new Error('no conflict');
		const text = conflictText(session, record, conflict);
		expect(text).toMatchObject({ label: 'Wachtwoord', values: null });
		expect(text.by).toMatch(/^Gewijzigd op 21 november 2026/);
	});

	test('names groups and codes as people do, and nothing as nothing', () => {
		const { session } = testSession();
		const record = firstAccount;
		const conflict = (field: string, mine: unknown, theirs: unknown) =>
			conflictText(session, record, { field, mine, theirs } as never).values;
		expect(conflict('groupIds', [group.id], [])).toEqual({
			mine: group.name,
			theirs: 'leeg'
		});
		expect(conflict('role', 'teacher', 'scheduler')).toEqual({
			mine: 'Leerkracht',
			theirs: 'Roostermaker'
		});
	});
});
