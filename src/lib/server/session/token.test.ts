import { expect, test } from 'vitest';
import { newToken, readToken } from './token.ts';

const school = 'AAAAAAAAAAAAAAAAAAAAAA';

test('a token says its school, and is kept as a hash', () => {
	const { text, hash } = newToken(school);
	expect(readToken(text)).toEqual({ school, hash });
	expect(text).not.toContain(hash);
	expect(newToken(school).text).not.toBe(text);
});

test('a token with another school put in front is another token', () => {
	const { text, hash } = newToken(school);
	const moved = readToken(text.replace(school, 'BBBBBBBBBBBBBBBBBBBBBB'));
	expect(moved?.hash).not.toBe(hash);
});

test.each([
	'',
	'.',
	`${school}.`,
	`${school}.short`,
	`../x.${'a'.repeat(43)}`,
	`${school}.${'a'.repeat(44)}`
])('%j is no token', (text) => {
	expect(readToken(text)).toBeNull();
});
