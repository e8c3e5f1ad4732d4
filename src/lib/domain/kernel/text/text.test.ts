import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from './fold.ts';
import { asciiLetters, transliterate } from './transliterate.ts';

describe('folding', () => {
	it.each([
		['Süheda', 'suheda'],
		['Łukasz Øster', 'lukasz oster'],
		['Weiß', 'weiss'],
		['Ægir', 'aegir'],
		['Đorđe', 'dorde'],
		['Işıl İbrahim', 'isil ibrahim'],
		['Nguyễn', 'nguyen'],
		['Ĳsbrand', 'ijsbrand'],
		['Иван', 'иван']
	])('folds %s to %s', (name, folded) => {
		expect(fold(name)).toBe(folded);
	});

	it('changes nothing that was folded already', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				const once = fold(text);
				expect(fold(once)).toBe(once);
			})
		);
	});
});

describe('transliteration', () => {
	it.each([
		['Ольга Щербакова', 'olga shcherbakova'],
		['Γιώργος', 'giorgos'],
		['محمد', 'mhmd'],
		['یوسف', 'ywsf'],
		['דוד', 'dvd'],
		['Արամ', 'aram'],
		['გიორგი', 'giorgi']
	])('writes %s as %s', (name, ascii) => {
		expect(transliterate(name)).toBe(ascii);
	});

	it('leaves only letters and digits, whatever the script', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				expect(asciiLetters(text)).toMatch(/^[a-z0-9]*$/);
			})
		);
		expect(asciiLetters("Pieter-Jan d'Hondt")).toBe('pieterjandhondt');
		expect(asciiLetters('李小龙')).toBe('');
	});
});
