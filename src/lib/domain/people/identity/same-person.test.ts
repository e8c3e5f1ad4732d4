import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityDifferences, isAnotherPerson, type Identity } from './same-person.ts';
import { compareGivenNames, KeptSpelling } from './spelling.ts';

describe('two given names', () => {
	it.each([
		['Anaïs', 'Anais', 'same'],
		['Łukasz', 'LUKASZ', 'same'],
		['Jürgen', 'Juergen', 'same'],
		['Işıl', 'Isil', 'same'],
		['Ĳsbrand', 'Ysbrand', 'same'],
		['Anne-Marie', 'Anne Marie', 'same'],
		["D'Angelo", 'Dangelo', 'same'],
		['Иван', 'Ivan', 'same'],
		['J.', 'Jan', 'spelling'],
		['J.M.', 'Jan', 'spelling'],
		['Jan Pieter', 'J. P.', 'spelling'],
		['Joh.', 'Johannes', 'spelling'],
		['Aylin', 'Ailin', 'spelling'],
		['Thijs', 'Tijs', 'spelling'],
		['Jana', 'Jan', 'spelling'],
		['Emma', 'Emam', 'spelling'],
		['Anne', 'Anne-Marie', 'firstPart'],
		['Mohamed Amin', 'Mohamed', 'firstPart'],
		['Bo', 'Jo', 'different'],
		['K.', 'Jan', 'different'],
		['J.K.', 'Jan Pieter', 'different'],
		['Mo', 'Mohamed', 'different'],
		['Johannes', 'Jan', 'different'],
		['Youssef', 'Anaïs', 'different'],
		['Marie', 'Anne-Marie', 'different']
	] as const)('%s and %s are %s', (one, other, relation) => {
		expect(compareGivenNames(one, other)).toBe(relation);
		expect(compareGivenNames(other, one)).toBe(relation);
	});
});

describe('who a row is about', () => {
	const aylin: Identity = {
		givenName: 'Aylin',
		namePrefix: 'van den',
		familyName: 'Berg',
		birthDate: '2014-11-07',
		sex: 'V'
	};
	const same: [string, Partial<Identity>, string[]][] = [
		['nothing said', { givenName: '', familyName: '', birthDate: null, sex: null }, []],
		['accents and case', { givenName: 'AYLÍN', familyName: 'BERG' }, []],
		['the prefix in the name', { namePrefix: '', familyName: 'van den Berg' }, []],
		['no column for the prefix', { namePrefix: undefined }, []],
		['initials', { givenName: 'A.' }, ['givenName']],
		['one letter', { givenName: 'Ailin' }, ['givenName']],
		['two first names, vouched for', { givenName: 'Aylin Maria' }, ['givenName']],
		['a name after a marriage', { namePrefix: '', familyName: 'Peeters' }, ['familyName']],
		['a corrected sex', { sex: 'M' }, ['sex']],
		['the sex X', { sex: 'X' }, []]
	];
	it.each(same)('is the same person with %s', (_, said, differs) => {
		expect(identityDifferences(aylin, { ...aylin, ...said })).toEqual(differs);
		expect(isAnotherPerson(aylin, { ...aylin, ...said })).toBe(false);
	});

	const other: [string, Partial<Identity>][] = [
		['another given name', { givenName: 'Elif' }],
		['another birth date, by one digit', { birthDate: '2014-11-08' }],
		[
			'a given name of one letter less, and another birth date',
			{ givenName: 'Ayli', birthDate: '2016-01-01' }
		],
		[
			'a letter in the given name and another family name',
			{ givenName: 'Ailin', familyName: 'Maes' }
		],
		['a letter in both names', { givenName: 'Ailin', familyName: 'Bergh' }],
		['another family name and sex', { familyName: 'Maes', sex: 'M' }],
		['initials and another family name', { givenName: 'A.', familyName: 'Maes' }],
		['names the wrong way round', { givenName: 'Berg', familyName: 'Aylin' }],
		['two first names, and no birth date to vouch', { givenName: 'Aylin Maria', birthDate: null }],
		[
			'another family name, and nothing else',
			{ givenName: '', familyName: 'Maes', birthDate: null }
		]
	];
	it.each(other)('is another person with %s', (_, said) => {
		expect(isAnotherPerson(aylin, { ...aylin, ...said })).toBe(true);
	});

	it('does not depend on who was known first', () => {
		const kept = new KeptSpelling();
		const name = fc.constantFrom('', 'Jan', 'Jana', 'J.', 'Anne', 'Anne-Marie', 'Bo', 'Łukasz');
		const identity = fc.record({
			givenName: name,
			namePrefix: fc.constantFrom('', 'van'),
			familyName: fc.constantFrom('', 'Maes', 'van Maes', 'Öz'),
			birthDate: fc.constantFrom(null, '2014-11-07', '2015-01-01'),
			sex: fc.constantFrom('M' as const, 'V' as const, 'X' as const, null)
		});
		fc.assert(
			fc.property(identity, identity, (one, another) => {
				expect(isAnotherPerson(one, another)).toBe(isAnotherPerson(another, one));
				expect(isAnotherPerson(one, one)).toBe(false);
				// Nor on what else was compared before.
				expect(isAnotherPerson(one, another, kept)).toBe(isAnotherPerson(one, another));
				expect(identityDifferences(one, another, kept)).toEqual(identityDifferences(one, another));
			})
		);
	});
});
