import { expect, test } from 'vitest';
import { isSessionKey, newSessionKey } from './session-key.ts';

test('a key is 256 random bits, and known by its hash alone', () => {
	const { text, hash } = newSessionKey();
	expect(Buffer.from(text, 'base64url')).toHaveLength(32);
	expect(hash).not.toContain(text);
	expect(isSessionKey(text, hash)).toBe(true);
	expect(newSessionKey().text).not.toBe(text);
});

test('another key, the hash itself, a part, and none at all are not the key', () => {
	const { text, hash } = newSessionKey();
	for (const other of [newSessionKey().text, hash, text.slice(1), `${text} `, '', null]) {
		expect(isSessionKey(other, hash)).toBe(false);
	}
	expect(isSessionKey('', '')).toBe(false);
});
