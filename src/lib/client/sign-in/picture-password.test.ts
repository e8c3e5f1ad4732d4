import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pictureNames } from '#lib/domain/credentials/pictures.ts';
import { withoutLast, withPicture } from './picture-password.svelte.ts';

test('what is tapped reads as the server keeps it', () => {
	expect(['cat', 'apple', 'cat'].reduce((text, name) => withPicture(text, name as 'cat'), '')).toBe(
		'cat apple cat'
	);
});

test('the last one is taken back, down to nothing', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...pictureNames), { maxLength: 8 }), (names) => {
			const password = names.reduce(withPicture, '');
			const name = 'moon';
			expect(withoutLast(withPicture(password, name))).toBe(password);
			expect(names.reduce(withoutLast, password)).toBe('');
		})
	);
});
