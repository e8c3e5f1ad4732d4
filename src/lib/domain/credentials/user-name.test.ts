import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	accountUserNameBase,
	isUserName,
	leerIdUserNameBase,
	userNameGenerator
} from './user-name.ts';

const pupil = (givenName: string, familyName: string, namePrefix = '') => ({
	givenName,
	namePrefix,
	familyName,
	pupilNumber: '60351'
});

describe('user names of LeerIDs', () => {
	it.each([
		['Süheda', 'Carabin', '', 'suheda.carabin'],
		['Pieter-Alexander', 'Bogaert', '', 'pieteralexander.bogaert'],
		['Jan', 'Berg', 'van der', 'jan.vanderberg'],
		['Łucja', 'Żółć', '', 'lucja.zolc'],
		['Ольга', 'Щербакова', '', 'olga.shcherbakova'],
		['小龙', 'Chen', '', 'chen'],
		['小龙', '李', '', '60351']
	])('makes one of %s %s', (given, family, prefix, userName) => {
		expect(leerIdUserNameBase(pupil(given, family, prefix))).toBe(userName);
	});

	it('keeps one usable, whatever the name', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: 'grapheme', maxLength: 80 }),
				fc.string({ unit: 'grapheme', maxLength: 80 }),
				fc.string({ unit: 'grapheme', maxLength: 10 }),
				(givenName, familyName, pupilNumber) => {
					const base = leerIdUserNameBase({ givenName, familyName, namePrefix: '', pupilNumber });
					expect(isUserName(base)).toBe(true);
					expect(base.length).toBeLessThanOrEqual(40);
				}
			)
		);
	});
});

describe('user names of accounts', () => {
	it('joins initials, tussenvoegsel and surname', () => {
		const person = { initials: 'J.', namePrefix: 'van der', familyName: 'Berg' };
		expect(accountUserNameBase(person, '')).toBe('jvanderberg');
		expect(accountUserNameBase({ ...person, initials: 'J.P.' }, '')).toBe('jpvanderberg');
	});

	it('falls back where the script leaves nothing', () => {
		const person = { initials: '龙', namePrefix: '', familyName: '李' };
		expect(accountUserNameBase(person, '4711')).toBe('4711');
		expect(accountUserNameBase(person, '')).toBe('account');
	});
});

describe('collisions', () => {
	it('numbers those that are taken, also within one batch', () => {
		const next = userNameGenerator((userName) => userName === 'butrint.boeren');
		expect(['butrint.boeren', 'butrint.boeren', 'butrint.boeren', 'an.peeters'].map(next)).toEqual([
			'butrint.boeren1',
			'butrint.boeren2',
			'butrint.boeren3',
			'an.peeters'
		]);
	});

	it('never gives the same twice, nor one that is taken', () => {
		const names = fc.array(fc.constantFrom<string>('a', 'a1', 'a11', 'b', 'b2'), { maxLength: 40 });
		fc.assert(
			fc.property(
				names,
				fc.array(fc.constantFrom<string>('a', 'a2', 'b', 'b1')),
				(bases, takenList) => {
					const taken = new Set(takenList);
					const given = bases.map(userNameGenerator((userName) => taken.has(userName)));
					expect(new Set(given).size).toBe(given.length);
					expect(given.filter((userName) => taken.has(userName))).toEqual([]);
				}
			)
		);
	});
});

describe('validation', () => {
	it('takes what the school hands out', () => {
		const good = ['suheda.carabin', 'butrint.boeren1', '60351', 'jan_p', 'a-b.c'];
		expect(good.every(isUserName)).toBe(true);
	});

	it('refuses what would not survive a login address or a keyboard', () => {
		const bad = ['', '.a', 'a.', 'a..b', 'A.b', 'süheda', 'a b', 'a/b', 'a@b.be', 'x'.repeat(65)];
		expect(bad.filter(isUserName)).toEqual([]);
	});
});
