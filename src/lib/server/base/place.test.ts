import { expect, test } from 'vitest';
import { isForeign, isPlainLocal, isThroughProxy } from './place.ts';

const here = 'http://localhost:3000';
const real = 'https://school.example';

function request(headers: Record<string, string>, method = 'POST') {
	return { method, headers: new Headers(headers) };
}

test.each([
	[{ host: 'localhost:3000' }, here, true],
	[{ host: '127.0.0.1:3000' }, here, true],
	[{ host: '[::1]:3000' }, here, true],
	[{ host: 'localhost:3000', 'x-forwarded-proto': 'https' }, here, false],
	[{ host: 'localhost:3000', 'x-forwarded-for': '192.0.2.1' }, here, false],
	[{ host: 'localhost:3000', via: '1.1 proxy' }, here, false],
	[{ host: 'school.example' }, here, false],
	[{ host: 'localhost.evil.example' }, here, false],
	[{ host: 'localhost/x' }, here, false],
	[{}, here, false],
	// A proxy that does not pass the host on.
	[{ host: '127.0.0.1:3000' }, real, false]
] as [Record<string, string>, string, boolean][])(
	'%j at %s is plain: %s',
	(headers, publicUrl, expected) => {
		expect(isPlainLocal(request(headers), publicUrl)).toBe(expected);
	}
);

test.each([
	...['X-Forwarded-For', 'X-Forwarded-Anything', 'Forwarded', 'Via', 'X-Real-IP', 'X-Client-IP'],
	...['CF-Connecting-IP', 'True-Client-IP', 'X-Cluster-Client-IP', 'Fastly-Client-IP'],
	...['X-Original-Forwarded-For', 'X-Envoy-External-Address', 'X-Azure-ClientIP', 'CDN-Loop']
])('%s is of a proxy', (name) => {
	expect(isThroughProxy(request({ host: 'localhost:3000', [name]: 'x' }))).toBe(true);
});

test('what a browser says itself is of no proxy', () => {
	const said = { host: 'localhost:3000', origin: here, cookie: 'a=b', accept: '*/*' };
	const more = { 'sec-fetch-site': 'same-origin', 'user-agent': 'x', 'x-session-key': 'k' };
	expect(isThroughProxy(request({ ...said, ...more }))).toBe(false);
});

test.each([
	[{ origin: real, host: 'school.example' }, false],
	[{ origin: real, host: '127.0.0.1:3000' }, false],
	[{ origin: here, host: 'localhost:3000' }, false],
	[{ 'sec-fetch-site': 'same-origin', host: 'school.example' }, false],
	[{ origin: 'https://evil.example', host: 'school.example' }, true],
	[{ origin: 'https://school.example:8443', host: 'school.example' }, true],
	[{ origin: 'null', host: 'school.example' }, true],
	[{ origin: real, host: 'school.example', 'sec-fetch-site': 'cross-site' }, true],
	[{ host: 'school.example' }, true]
] as [Record<string, string>, boolean][])('%j is foreign: %s', (headers, expected) => {
	expect(isForeign(request(headers), real)).toBe(expected);
	expect(isForeign(request(headers, 'GET'), real)).toBe(false);
});
