import { expect, test } from 'vitest';
import { firstAccount, pupilRecord, TestSchool } from '#lib/domain/testing/test-school.ts';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import { mutationChanges, mutationSubject, mutationText, refusalChanges } from './mutation-text.ts';

const made = (name: string, args: unknown): Mutation => ({
	name,
	args,
	uid: 'u1',
	batch: null,
	actorId: 'account-1',
	madeAt: '2026-11-21T13:00:00.000Z'
});

function school() {
	const test = new TestSchool();
	const pupil = pupilRecord('p1', { givenName: 'Noor', familyName: 'Janssens' });
	const parent = { ...firstAccount, id: 'a9', userName: 'els', guardianId: 'g1' } as const;
	const guardian = { kind: 'guardian', id: 'g1', givenName: 'Els', initials: 'E.' } as const;
	test.state.apply({
		puts: [pupil, parent, { ...guardian, namePrefix: '', familyName: 'Janssens' }],
		removes: []
	});
	return test;
}

test('a mutation is about the first person or thing that its arguments name', () => {
	const { state } = school();
	const about = (args: unknown) => mutationSubject(state, made('x@1', args));
	expect(about({ edit: { name: ['p0', 'p9'] }, pupilId: 'p1' })).toEqual({
		kind: 'pupil',
		id: 'p1',
		name: 'Noor Janssens'
	});
	expect(about({ accountId: 'account-1' })).toMatchObject({ kind: 'account', id: 'account-1' });
	expect(about({ accountId: 'a9' })).toEqual({ kind: 'guardian', id: 'g1', name: 'Els Janssens' });
	expect(about({ nested: [{ deep: ['p1'] }], n: 1, nothing: null })).toMatchObject({ id: 'p1' });
	expect(about({ accountId: 'gone' })).toBeNull();
});

test('it says what was done, and of an undo what it takes back', () => {
	const test = school();
	const settings = { edit: { name: ['Basisschool De Sleutel', 'De Wegwijzer'] } };
	test.make('school.changeSettings@1', settings as never);
	const [entry] = test.state.all('history');
	expect(mutationText(test.state, made('school.changeSettings@1', settings))).toBe(
		'Instellingen gewijzigd'
	);
	const undo = made('change.undo@1', { uid: entry?.uid ?? '', except: [] });
	expect(mutationText(test.state, undo)).toBe('Ongedaan gemaakt: Instellingen gewijzigd');
	test.undo(entry?.uid ?? '');
	const undone = [...test.state.all('history')].find(({ undoes }) => undoes !== null);
	const again = made('change.undo@1', { uid: undone?.uid ?? '', except: [] });
	expect(mutationText(test.state, again)).toBe('Teruggezet: Instellingen gewijzigd');
	const unknown = made('change.undo@1', { uid: 'not here', except: [] });
	expect(mutationText(test.state, unknown)).toBe('Iets ongedaan gemaakt');
});

test('what was typed is told field by field', () => {
	const edit = { name: ['Oud', 'Nieuw'], lockAfterMinutes: [15, 20] };
	expect(mutationChanges(made('school.changeSettings@1', { edit }))).toMatchObject([
		{ from: 'Oud', to: 'Nieuw' },
		{ from: '15', to: '20' }
	]);
	expect(mutationChanges(made('account.archive@1', { accountId: 'a' }))).toEqual([]);
});

test('of an account too, in the words of its own fields; of a mutation that nobody knows nothing', () => {
	const edit = {
		displayName: ['Els', 'Els Janssens'],
		role: ['scheduler', 'teacher'],
		email: [null, 'els@school.be']
	};
	expect(mutationChanges(made('account.edit@1', { accountId: 'a', edit }))).toEqual([
		{ label: 'Naam', from: 'Els', to: 'Els Janssens' },
		{ label: 'Rol', from: 'Roostermaker', to: 'Leerkracht' },
		{ label: 'E-mailadres', from: null, to: 'els@school.be' }
	]);
	expect(mutationChanges(made('account.edit@9', { edit: { name: ['a', 'b'] } }))).toEqual([]);
});

test('no id is told: of groups and passwords only that they changed', () => {
	const edit = { groupIds: [['group-1'], ['group-2']] };
	const told = mutationChanges(made('account.edit@1', { accountId: 'a', edit }));
	expect(told).toMatchObject([{ label: 'Groepen', from: null, to: null, note: 'gewijzigd' }]);
	const key = { code: 'changedMeanwhile', kind: 'leerId', id: 'l', field: 'secretId' } as const;
	const password = refusalChanges({ ...key, mine: 's1', theirs: 's2' });
	expect(password).toMatchObject([{ label: 'Wachtwoord', from: null, to: null }]);
});

test('what a refusal says that was made of a field meanwhile is told with what was wanted', () => {
	const key = { code: 'changedMeanwhile', kind: 'pupil', id: 'p', field: 'givenName' } as const;
	expect(refusalChanges({ ...key, mine: 'Janne', theirs: 'Jana' })).toEqual([
		{ label: 'Voornaam', from: 'Jana', to: 'Janne' }
	]);
	expect(refusalChanges({ code: 'notAllowed' })).toEqual([]);
});
