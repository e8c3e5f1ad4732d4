import { expect, test } from 'vitest';
import type { SyncRequest } from '#lib/protocol/sync-request.ts';
import { HttpTransport } from './http-transport.ts';

const request: SyncRequest = {
	schema: 1,
	account: 'account-1',
	clientId: 'client-1',
	confirmed: 0,
	cookie: null,
	mutations: [],
	unsent: false
};

const answered = async (status: number, body: string, headers: Record<string, string> = {}) =>
	new HttpTransport(
		() => null,
		() => Promise.resolve(new Response(body, { status, headers }))
	).post(request, new AbortController().signal);

test('an answer of the server is taken as it is', async () => {
	const answer = { kind: 'renumber', lastMadeAt: null };
	expect(await answered(200, JSON.stringify(answer))).toEqual(answer);
});

test.each([
	[400, { code: 'badRequest' }, { kind: 'rejected' }],
	[401, { code: 'signedOut' }, { kind: 'signedOut' }],
	[401, { code: 'locked' }, { kind: 'signedOut' }],
	[401, { code: 'wiped' }, { kind: 'wiped' }],
	[403, { code: 'mustChange' }, { kind: 'notAllowed' }],
	[413, { code: 'tooLarge' }, { kind: 'rejected' }],
	[429, { code: 'wait', retryAfter: 60 }, { kind: 'busy', retryAfter: 60 }],
	[500, { code: 'broken' }, { kind: 'broken' }]
])('%i %j', async (status, body, failure) => {
	expect(await answered(status, JSON.stringify(body))).toEqual(failure);
});

test('what something in between says is no answer of the server', async () => {
	expect(await answered(200, '<p>Log in to the guest network</p>')).toEqual({ kind: 'broken' });
	expect(await answered(200, '{"kind":"wiped"}')).toEqual({ kind: 'broken' });
	expect(await answered(401, '<p>Proxy</p>')).toEqual({ kind: 'broken' });
	expect(await answered(413, '<p>Too large</p>')).toEqual({ kind: 'rejected' });
	expect(await answered(503, '', { 'retry-after': '7' })).toEqual({ kind: 'busy', retryAfter: 7 });
	expect(await answered(503, '')).toEqual({ kind: 'busy', retryAfter: 30 });
});

test('a request that found nobody, or was broken off, may be sent again', async () => {
	const transport = new HttpTransport(
		() => null,
		(_, init) => {
			init?.signal?.throwIfAborted();
			return Promise.reject(new TypeError('Failed to fetch'));
		}
	);
	const abort = new AbortController();
	expect(await transport.post(request, abort.signal)).toEqual({ kind: 'offline' });
	abort.abort();
	expect(await transport.post(request, abort.signal)).toEqual({ kind: 'offline' });
});

test('each request brings the key that the session has by then', async () => {
	const sent: unknown[] = [];
	const keys = ['first', 'second', null];
	const transport = new HttpTransport(
		() => keys.shift() ?? null,
		(_, init) => {
			sent.push(init?.headers);
			return Promise.reject(new TypeError('Failed to fetch'));
		}
	);
	const { signal } = new AbortController();
	for (let at = 0; at < 3; at++) await transport.post(request, signal);
	const json = { 'content-type': 'application/json' };
	expect(sent).toEqual([
		{ ...json, 'x-session-key': 'first' },
		{ ...json, 'x-session-key': 'second' },
		json
	]);
});
