import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase45, encodeBase45 } from './base45.ts';
import {
	encodeCardPayload,
	formatCardCode,
	maxCardCodeLength,
	parseCardCode
} from './card-code.ts';
import { bytesOfId, idOfBytes } from './id-bytes.ts';

const ascii = (text: string) => new TextEncoder().encode(text);
const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe('base45', () => {
	// RFC 9285 §4.3 and §4.4.
	it.each([
		['AB', 'BB8'],
		['Hello!!', '%69 VD92EX0'],
		['base-45', 'UJCLQE7W581'],
		['ietf!', 'QED8WEX0']
	])('writes %s as %s, and back', (text, encoded) => {
		expect(encodeBase45(ascii(text))).toBe(encoded);
		expect(decodeBase45(encoded)).toEqual(ascii(text));
	});

	it('takes back whatever it wrote', () => {
		fc.assert(
			fc.property(fc.uint8Array(), (bytes) => {
				expect(decodeBase45(encodeBase45(bytes))).toEqual(Uint8Array.from(bytes));
			})
		);
	});

	it.each(['GGW', ':::', 'A', 'AAAA', 'ab8', '::', 'é00'])('does not read %s', (text) => {
		expect(decodeBase45(text)).toBeNull();
	});
});

describe('ids as bytes', () => {
	it('read as base64url does', () => {
		fc.assert(
			fc.property(bytesOf(16), (bytes) => {
				const id = Buffer.from(bytes).toString('base64url');
				expect(idOfBytes(bytes)).toBe(id);
				expect(bytesOfId(id)).toEqual(Uint8Array.from(bytes));
			})
		);
	});

	it('have one way to be written', () => {
		expect(bytesOfId('AAAAAAAAAAAAAAAAAAAAAB')).toBeNull();
		expect(bytesOfId('AAAAAAAAAAAAAAAAAAAAA')).toBeNull();
		expect(bytesOfId('AAAAAAAAAAAAAAAAAAAA+A')).toBeNull();
	});
});

describe('the code of a card', () => {
	const ids = bytesOf(16).map((bytes) => Buffer.from(bytes).toString('base64url'));
	const payloads = fc.record({
		schoolId: ids,
		cardId: ids,
		keyNumber: fc.integer({ min: 1, max: 0xffff })
	});

	it('comes back whole, and fits the QR code', () => {
		fc.assert(
			fc.property(payloads, bytesOf(64), (payload, signature) => {
				const signed = encodeCardPayload(payload);
				const text = formatCardCode(signed, signature);
				expect(text.length).toBeLessThanOrEqual(maxCardCodeLength);
				expect(text).toMatch(/^SK1:[0-9A-Z $%*+\-./:]+$/);
				const value = { ...payload, signed, signature: Uint8Array.from(signature) };
				expect(parseCardCode(text)).toEqual({ ok: true, value });
			})
		);
	});

	it('says what is wrong with another text', () => {
		const signed = encodeCardPayload({
			schoolId: 'AAAAAAAAAAAAAAAAAAAAAA',
			cardId: 'AAAAAAAAAAAAAAAAAAAAAA',
			keyNumber: 1
		});
		const text = formatCardCode(signed, new Uint8Array(64));
		const later = formatCardCode(signed.with(0, 2), new Uint8Array(64));
		const refusals = [
			'https://example.org',
			'',
			'SK2:00',
			later,
			text.slice(0, -3),
			`${text}000`,
			'SK1:',
			'SK1:***'
		].map((other) => parseCardCode(other));
		expect(refusals.map((result) => (result.ok ? 'read' : result.refusal))).toEqual([
			'notACard',
			'notACard',
			'newerVersion',
			'newerVersion',
			'damaged',
			'damaged',
			'damaged',
			'damaged'
		]);
	});

	it('is made only of ids and key numbers that fit', () => {
		const id = 'AAAAAAAAAAAAAAAAAAAAAA';
		expect(() => encodeCardPayload({ schoolId: 'x', cardId: id, keyNumber: 1 })).toThrow(TypeError);
		expect(() => encodeCardPayload({ schoolId: id, cardId: id, keyNumber: 0 })).toThrow(RangeError);
		expect(() => formatCardCode(new Uint8Array(35), new Uint8Array(63))).toThrow(RangeError);
	});
});
