import { expect, test } from 'vitest';
import { readSessionCookie, sessionCookie } from './cookie.ts';

test('the cookie is for this host alone, over TLS, and no script may read it', () => {
	expect(sessionCookie('a.b', { plain: false })).toBe(
		'__Host-session=a.b; Path=/; HttpOnly; SameSite=Strict; Secure; Max-Age=34560000'
	);
	expect(sessionCookie(null, { plain: false })).toContain('Max-Age=0');
});

test('on plain localhost it has a name that browsers keep without TLS', () => {
	expect(sessionCookie('a.b', { plain: true })).toBe(
		'session=a.b; Path=/; HttpOnly; SameSite=Strict; Max-Age=34560000'
	);
});

test('one that passes ends with the browser', () => {
	expect(sessionCookie('a.b', { plain: false }, { passing: true })).toBe(
		'__Host-session=a.b; Path=/; HttpOnly; SameSite=Strict; Secure'
	);
});

test('it is read back, and a plain cookie is no session over TLS', () => {
	expect(readSessionCookie('x=1; __Host-session=a.b; y=2', { plain: false })).toBe('a.b');
	expect(readSessionCookie('session=a.b', { plain: true })).toBe('a.b');
	expect(readSessionCookie('session=a.b', { plain: false })).toBeNull();
	expect(readSessionCookie('my__Host-session=a.b', { plain: false })).toBeNull();
	expect(readSessionCookie(null, { plain: false })).toBeNull();
});

test('of two sessions in one header neither counts', () => {
	const header = '__Host-session=a.b; __Host-session=c.d';
	expect(readSessionCookie(header, { plain: false })).toBeNull();
});
