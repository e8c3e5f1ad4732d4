import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isEmail, maskEmail } from './email-mask.ts';

it('masks as the source document does', () => {
	expect(maskEmail('thomas@ond.vlaanderen.be')).toBe('t*****s@ond.vlaanderen.be');
	expect(maskEmail('abc@school.nl')).toBe('a*****c@school.nl');
});

it('shows nothing of a local part of one or two characters', () => {
	expect(maskEmail('a@school.nl')).toBe('*****@school.nl');
	expect(maskEmail('ab@school.nl')).toBe('*****@school.nl');
	expect(maskEmail('no address')).toBe('*****');
});

it('never shows more than two characters before the domain', () => {
	fc.assert(
		fc.property(fc.emailAddress(), (email) => {
			const local = maskEmail(email).split('@')[0] ?? '';
			expect(local.replace('*****', '').length).toBeLessThanOrEqual(2);
		})
	);
});

it('knows an address by its shape', () => {
	expect(['an@school.be', 'an.b+c@ond.vlaanderen.be'].every(isEmail)).toBe(true);
	const none = ['', 'an', 'an@school', 'an@.be', 'a n@school.be', 'a@b@c.be', '@school.be'];
	expect(none.filter(isEmail)).toEqual([]);
});
