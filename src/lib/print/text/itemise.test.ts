import { describe, expect, it } from 'vitest';
import { fontOfScript } from './font-files.ts';
import { itemise, printable, type Covers } from './itemise.ts';

/** Each font has its own script, and the Latin ones have everything below U+0590. */
const covers: Covers = (font, codePoint) =>
	font !== 'device' && codePoint < 0x2000 && fontOfScript(codePoint, 'bold') === font;

const shown = (text: string) =>
	itemise(text, 'bold', covers).map(({ text: part, font, rightToLeft }) => [
		part,
		font,
		rightToLeft
	]);

describe('itemise', () => {
	it('leaves a Latin name in one piece', () => {
		expect(shown('Nguyễn Đỗ')).toEqual([['Nguyễn Đỗ', 'latin-bold', false]]);
	});

	it('keeps the spaces of an Arabic name in its font only where the font has them', () => {
		expect(shown('محمد')).toEqual([['محمد', 'arabic', true]]);
	});

	it('puts a Latin part after an Arabic name on its left', () => {
		expect(shown('محمد Ali').map(([text]) => text)).toEqual(['Ali', ' ', 'محمد']);
	});

	it('puts an Arabic part of a Latin name where it was written', () => {
		expect(shown('Ali محمد').map(([text]) => text)).toEqual(['Ali ', 'محمد']);
	});

	it('reverses the order of Hebrew words, and leaves the digits between them readable', () => {
		expect(shown('שרה 12 כהן').map(([text]) => text)).toEqual(['כהן', ' ', '12', ' ', 'שרה']);
	});

	it('leaves what no font has to the device, whole graphemes at a time', () => {
		expect(shown('Li 👧🏽')).toEqual([
			['Li ', 'latin-bold', false],
			['👧🏽', 'device', false]
		]);
	});
});

describe('printable', () => {
	it('composes letters and marks', () => {
		expect(printable('Zoe\u0308')).toBe('Zoë');
	});

	it('drops controls and turns line breaks into spaces', () => {
		expect(printable(' An\u202ena\r\n\tde\u0007 Wit ')).toBe('Anna de Wit');
	});
});
