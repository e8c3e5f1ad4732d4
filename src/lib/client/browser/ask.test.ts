import { expect, test } from 'vitest';
import { ask, parseDone } from './ask.ts';

const question = { method: 'POST', path: '/api/reset', body: { a: 1 } } as const;

function answering(status: number, body: unknown): typeof fetch {
	return () => Promise.resolve(Response.json(body, { status }));
}

test('returns what the server did', async () => {
	const parse = (value: unknown) => (value as { name: string }).name;
	expect(await ask({ ...question, parse }, null, answering(202, { name: 'x' }))).toEqual({
		ok: true,
		value: 'x'
	});
});

test('sends JSON, and nothing where there is nothing to send', async () => {
	const sent: (RequestInit | undefined)[] = [];
	const send: typeof fetch = (_, init) => {
		sent.push(init);
		return Promise.resolve(Response.json({}));
	};
	await ask({ ...question, parse: parseDone }, null, send);
	await ask({ method: 'GET', path: '/api/session', parse: parseDone }, null, send);
	expect(sent[0]).toMatchObject({
		headers: { 'content-type': 'application/json' },
		body: '{"a":1}'
	});
	expect(sent[1]?.headers).toEqual({});
	expect(sent[1]?.body).toBeUndefined();
});

test('tells the server’s own refusal, with how long to wait', async () => {
	const asked = ask(
		{ ...question, parse: parseDone },
		null,
		answering(429, { code: 'wait', retryAfter: 60 })
	);
	expect(await asked).toEqual({ ok: false, refusal: { code: 'wait', retryAfter: 60 } });
});

test('something in between that answers for it, or another shape, is a fault', async () => {
	const proxy: typeof fetch = () => Promise.resolve(new Response('<html>', { status: 502 }));
	const broken = { ok: false, refusal: { code: 'broken' } };
	expect(await ask({ ...question, parse: parseDone }, null, proxy)).toEqual(broken);
	expect(await ask({ ...question, parse: () => null }, null, answering(200, {}))).toEqual(broken);
});

test('no connection is told as such', async () => {
	const nobody: typeof fetch = () => Promise.reject(new TypeError('Failed to fetch'));
	expect(await ask({ ...question, parse: parseDone }, null, nobody)).toEqual({
		ok: false,
		refusal: { code: 'offline' }
	});
});

test('whoever is signed in brings the key of their session, and nobody else does', async () => {
	const sent: unknown[] = [];
	const send: typeof fetch = (_, init) => {
		sent.push(init?.headers);
		return Promise.resolve(Response.json({}));
	};
	const { signal: closed } = new AbortController();
	const asked = { method: 'GET', path: '/api/session', parse: parseDone } as const;
	await ask(asked, { value: 'key-1', closed }, send);
	await ask(asked, { value: null, closed }, send);
	await ask(asked, null, send);
	expect(sent).toEqual([{ 'x-session-key': 'key-1' }, {}, {}]);
});

test('what was asked in the name of a vault is broken off when that locks', async () => {
	const closing = new AbortController();
	const send: typeof fetch = (_, init) =>
		new Promise((_resolve, reject) => {
			init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
		});
	const by = { value: 'key-1', closed: closing.signal };
	const asked = ask({ ...question, parse: parseDone }, by, send);
	closing.abort();
	expect(await asked).toEqual({ ok: false, refusal: { code: 'offline' } });
});
