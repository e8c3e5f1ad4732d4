import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64url, fromUtf8, toBase64url, toUtf8, utf8Length } from './bytes.ts';

test.each([
	['', ''],
	['f', 'Zg'],
	['fo', 'Zm8'],
	['foo', 'Zm9v'],
	['foob', 'Zm9vYg'],
	['fooba', 'Zm9vYmE'],
	['foobar', 'Zm9vYmFy']
])('base64url of %j is as in RFC 4648 §10, unpadded', (text, encoded) => {
	expect(toBase64url(toUtf8(text))).toBe(encoded);
	expect(fromUtf8(fromBase64url(encoded))).toBe(text);
});

test('base64url uses the letters that are safe in an address', () => {
	expect(toBase64url(Uint8Array.of(0xfb, 0xff, 0xbf))).toBe('-_-_');
});

test('base64url gives back any bytes', () => {
	fc.assert(
		fc.property(fc.uint8Array(), (bytes) => {
			expect(fromBase64url(toBase64url(bytes))).toEqual(new Uint8Array(bytes));
		})
	);
});

test('the length of a text in UTF-8 is known without making it', () => {
	const text = fc.string({ unit: 'binary' });
	fc.assert(fc.property(text, (any) => utf8Length(any) === toUtf8(any).length));
});

test.each(['A', 'AB+/', 'AB==', 'A B', 'Zh'])('%j is refused as base64url', (text) => {
	expect(() => fromBase64url(text)).toThrow(RangeError);
});
