import { describe, expect, it } from 'vitest';
import { stickersName, zipName } from './file-name.ts';

describe('zipName', () => {
	it('is the selection and the date', () => {
		expect(zipName('Groep 5A', '2026-11-21')).toBe('Groep 5A 2026-11-21.zip');
	});

	it('has nothing in it that a file system forbids', () => {
		expect(zipName('  ../5/6: "A*B"\u0007 | <x>. ', '2026-11-21')).toBe('5 6 A B x 2026-11-21.zip');
	});

	it('is never empty or endless', () => {
		expect(zipName('???', '2026-11-21')).toBe('aanmeldgegevens 2026-11-21.zip');
		expect(zipName('é'.repeat(300), '2026-11-21').length).toBeLessThan(100);
	});
});

describe('stickersName', () => {
	it('has no spaces', () => {
		expect(stickersName('Herma 4677')).toBe('stickers-Herma-4677.pdf');
	});
});
