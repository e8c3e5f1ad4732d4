import { expect, test } from 'vitest';
import { changeTexts } from './history-text.ts';

test('of what was added, only what it holds is said', () => {
	const fields = [
		{ field: 'givenName', from: null, to: 'Jolien', hidden: false },
		{ field: 'namePrefix', from: null, to: '', hidden: false },
		{ field: 'value', from: null, to: null, hidden: true }
	];
	expect(changeTexts([{ op: 'add', kind: 'pupil', fields }])).toEqual([
		{ label: 'Voornaam', from: null, to: null, note: 'Jolien' },
		{ label: 'Nationaal nummer', from: null, to: null, note: 'ingevuld' }
	]);
});

test('an edit says from what to what, and the same thing once', () => {
	const fields = [
		{ field: 'mustChange', from: true, to: false, hidden: false },
		{ field: 'rights', from: [], to: ['cards', 'settings'], hidden: false },
		{ field: 'secretId', from: null, to: null, hidden: true }
	];
	const change = { op: 'edit', kind: 'leerId', fields } as const;
	expect(changeTexts([change, change])).toEqual([
		{ label: 'Moet nieuw wachtwoord kiezen', from: 'ja', to: 'nee' },
		{
			label: 'Rechten',
			from: null,
			to: 'Kaarten ondertekenen en afdrukken, Instellingen van de school wijzigen'
		},
		{ label: 'Wachtwoord', from: null, to: null, note: 'gewijzigd' }
	]);
});

test('of what was removed, what went', () => {
	const fields = [{ field: 'birthDate', from: '2010-03-12', to: null, hidden: false }];
	expect(changeTexts([{ op: 'remove', kind: 'pupilIdentity', fields }])).toEqual([
		{ label: 'Geboortedatum', from: '12 maart 2010', to: null }
	]);
});
