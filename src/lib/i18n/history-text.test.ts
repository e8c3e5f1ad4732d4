import { expect, test } from 'vitest';
import type { FieldData } from '#lib/domain/kernel/field.ts';
import { allKinds, declared, type Kind } from '#lib/domain/registry/kinds.ts';
import { codeWords, fieldWord } from './field-words.ts';
import { changeTexts, historyText } from './history-text.ts';

test('of what was added, only what it holds is said', () => {
	const fields = [
		{ field: 'givenName', from: null, to: 'Jolien', hidden: false },
		{ field: 'namePrefix', from: null, to: '', hidden: false },
		{ field: 'groupId', from: null, to: null, hidden: true }
	];
	expect(changeTexts([{ op: 'add', kind: 'pupil', fields }])).toEqual([
		{ label: 'Voornaam', from: null, to: null, note: 'Jolien' },
		{ label: 'Administratieve groep', from: null, to: null, note: 'ingevuld' }
	]);
});

test('an edit says from what to what, and the same thing once', () => {
	const fields = [
		{ field: 'mustChange', from: true, to: false, hidden: false },
		{ field: 'secretId', from: null, to: null, hidden: true }
	];
	const change = { op: 'edit', kind: 'leerId', fields } as const;
	expect(changeTexts([change, change])).toEqual([
		{ label: 'Moet nieuw wachtwoord kiezen', from: 'ja', to: 'nee' },
		{ label: 'Wachtwoord', from: null, to: null, note: 'gewijzigd' }
	]);
});

test('several codes are said one after the other', () => {
	const fields = [{ field: 'rights', from: [], to: ['cards', 'settings'], hidden: false }];
	expect(changeTexts([{ op: 'edit', kind: 'account', fields }])).toEqual([
		{
			label: 'Rechten',
			from: null,
			to: 'Kaarten ondertekenen en afdrukken, Instellingen van de school wijzigen'
		}
	]);
});

test('of what was removed, what went', () => {
	const fields = [{ field: 'birthDate', from: '2010-03-12', to: null, hidden: false }];
	expect(changeTexts([{ op: 'remove', kind: 'pupilIdentity', fields }])).toEqual([
		{ label: 'Geboortedatum', from: '12 maart 2010', to: null }
	]);
});

test('every field that a history shows has its word, and every code its words', () => {
	for (const kind of allKinds) {
		const { fields, history } = declared(kind);
		for (const [field, data] of Object.entries(fields)) {
			const isShown = history === 'shown' && data.shown !== 'never';
			expect([kind, field, fieldWord(kind, field) !== null]).toEqual([kind, field, isShown]);
			const codes = isShown && data.shown === 'value' ? codesOf(data) : [];
			// A name that is the same in every language needs no word.
			if (['country', 'sex', 'scheme'].includes(field)) continue;
			const known = Object.keys(codeWords[field] ?? {});
			expect([kind, field, codes.filter((code) => !known.includes(code))]).toEqual([
				kind,
				field,
				[]
			]);
		}
	}
});

test('what only a newer app can do is said as such, and its fields are left out', () => {
	const newer = { mutation: 'lunch.book@1', undoes: null, again: false };
	expect(historyText(newer)).toBe('Gewijzigd met een nieuwere versie van Schoolsleutel');
	const fields = [{ field: 'meal', from: null, to: 'soep', hidden: false }];
	expect(changeTexts([{ op: 'add', kind: 'lunch' as Kind, fields }])).toEqual([]);
});

function codesOf(data: FieldData): readonly string[] {
	if (data.is === 'maybe' || data.is === 'list') return codesOf(data.of);
	return data.is === 'choice' ? data.from : [];
}

test('what a history brings that no app writes is said as what is not known', () => {
	for (const name of ['__proto__', 'constructor', 'toString']) {
		expect(historyText({ mutation: name, undoes: null, again: false })).toBe(
			'Gewijzigd met een nieuwere versie van Schoolsleutel'
		);
		const fields = [{ field: 'type', from: name, to: 'basic', hidden: false }];
		expect(changeTexts([{ op: 'edit', kind: 'leerId', fields }])).toMatchObject([{ from: name }]);
	}
});
