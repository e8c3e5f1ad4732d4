import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import type { Server } from 'node:http';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { afterEach, expect, test, vi } from 'vitest';
import { bodyLimit, createEntryServer, type Handler, stopGently } from './server.ts';

const running = new Set<Server>();

async function serve(handle: Handler, killServiceWorker = false): Promise<string> {
	const server = createEntryServer(handle, { killServiceWorker });
	running.add(server);
	server.listen(0);
	await once(server, 'listening');
	return `http://localhost:${(server.address() as AddressInfo).port}`;
}

const page: Handler = (_request, response) =>
	response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Leerlingen</p>');

afterEach(async () => {
	await Promise.all([...running].map((server) => stopGently(server, 0)));
	running.clear();
});

test('a page carries every header, and leaves its scripts to its own policy', async () => {
	const { headers } = await fetch(`${await serve(page)}/beheer`);
	expect(headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
	expect(headers.get('x-content-type-options')).toBe('nosniff');
	expect(headers.get('referrer-policy')).toBe('no-referrer');
	expect(headers.get('permissions-policy')).toContain('camera=(self), ');
	expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
	expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
	expect(headers.get('cache-control')).toBe('no-cache');
});

test('a policy that the handler sends is kept', async () => {
	const origin = await serve((_request, response) =>
		response.setHeader('content-security-policy', "default-src 'self'").writeHead(200).end()
	);
	const { headers } = await fetch(origin);
	expect(headers.get('content-security-policy')).toBe("default-src 'self'");
});

test('a script carries the whole policy, for workers take theirs from it', async () => {
	const origin = await serve((_request, response) =>
		response.writeHead(200, { 'content-type': 'text/javascript' }).end('1')
	);
	const { headers } = await fetch(`${origin}/_app/immutable/workers/x.js`);
	expect(headers.get('content-security-policy')).toContain("require-trusted-types-for 'script'");
});

test('"not modified" replaces no policy that a browser keeps with a page', async () => {
	const origin = await serve((_request, response) => response.writeHead(304).end());
	expect((await fetch(origin)).headers.has('content-security-policy')).toBe(false);
});

test('hashed files stay cached, the service worker is asked for each time, the API never kept', async () => {
	const origin = await serve((request, response) => {
		if (request.url?.startsWith('/_app/')) response.setHeader('cache-control', 'immutable');
		response.writeHead(200).end('1');
	});
	const rule = async (path: string): Promise<string | null> =>
		(await fetch(origin + path)).headers.get('cache-control');
	expect(await rule('/_app/immutable/chunks/x.js')).toBe('immutable');
	expect(await rule('/service-worker.js')).toBe('no-cache');
	expect(await rule('/api/sync')).toBe('no-store');
});

test('a body above 2 MB is refused before the handler sees it', async () => {
	const origin = await serve(() => expect.fail('reached the handler'));
	const response = await fetch(origin, { method: 'POST', body: new Uint8Array(bodyLimit + 1) });
	expect(response.status).toBe(413);
});

test('long answers are packed, in several writes too, and unpack to what was sent', async () => {
	const part = JSON.stringify({ name: 'Łukasz' }).repeat(4000);
	const origin = await serve((_request, response) => {
		response.writeHead(200, { 'content-type': 'application/json' });
		response.write(part);
		response.end(part);
	});
	const response = await fetch(origin, { headers: { 'accept-encoding': 'gzip, br' } });
	expect(response.headers.get('content-encoding')).toBe('gzip');
	expect(await response.text()).toBe(part + part);
	const raw = await rawBody(origin);
	expect(gunzipSync(raw).toString()).toBe(part + part);
	expect(raw.byteLength).toBeLessThan(part.length / 10);
});

/** As the API answers: with its length. */
function inOnePiece(text: string): Handler {
	const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
	return (_request, response) => response.writeHead(200, headers).end(text);
}

test('where zstd is read it is used, since it takes a fifth of the time', async () => {
	const text = JSON.stringify({ name: 'Łukasz' }).repeat(80_000);
	const origin = await serve(inOnePiece(text));
	const raw = await rawBody(origin, 'gzip, deflate, br, zstd');
	expect(zstdDecompressSync(raw).toString()).toBe(text);
	expect(raw.byteLength).toBeLessThan(text.length / 10);
});

test('an answer that arrives in one piece anyway is left as it is', async () => {
	const text = JSON.stringify({ name: 'Łukasz' }).repeat(100);
	const origin = await serve(inOnePiece(text));
	expect((await rawBody(origin)).toString()).toBe(text);
});

test('a live stream is never held up by packing', async () => {
	const origin = await serve((_request, response) => {
		response.writeHead(200, { 'content-type': 'text/event-stream' });
		response.write('data: 1\n\n');
	});
	const response = await fetch(`${origin}/api/live`);
	expect(response.headers.has('content-encoding')).toBe(false);
	const first = await response.body?.getReader().read();
	expect(new TextDecoder().decode(first?.value)).toBe('data: 1\n\n');
});

test('a handler that breaks answers an error, and the server goes on', async () => {
	const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
	const origin = await serve((request, response) => {
		response.setHeader('content-length', 5000);
		if (request.url === '/now') throw new Error('broken');
		if (request.url === '/later') return Promise.reject(new Error('broken'));
		return response.end('x'.repeat(5000));
	});
	for (const path of ['/now', '/later']) {
		const response = await fetch(origin + path);
		expect(response.status).toBe(500);
		expect(await response.text()).toBe('Something went wrong');
		expect(response.headers.get('x-content-type-options')).toBe('nosniff');
	}
	expect(logged).toHaveBeenCalledTimes(2);
	logged.mockRestore();
	expect((await fetch(origin)).status).toBe(200);
});

test.each([
	['bytes=5-1', undefined],
	['bytes=-', undefined],
	['bytes=-500', undefined],
	['bytes=0-1,5-9', undefined],
	['lines=1-2', undefined],
	['bytes=0-99', 'bytes=0-99'],
	['bytes=5-', 'bytes=5-']
])('of the range %j the handler sees %j', async (sent, seen) => {
	let range: string | undefined;
	const origin = await serve((request, response) => {
		({ range } = request.headers);
		response.writeHead(200).end();
	});
	await fetch(origin, { headers: { range: sent } });
	expect(range).toBe(seen);
});

test('the health check answers without the handler', async () => {
	const origin = await serve(() => expect.fail('reached the handler'));
	expect(await (await fetch(`${origin}/healthz`)).text()).toBe('ok');
});

test('the kill switch answers with a service worker that removes itself', async () => {
	const origin = await serve(page, true);
	const script = await (await fetch(`${origin}/service-worker.js`)).text();
	expect(script).toContain('worker.registration.unregister()');
	expect(await (await fetch(origin)).text()).toContain('Leerlingen');
});

test('stopping lets a running request finish and ends a live stream after the grace', async () => {
	let finish = () => {};
	const origin = await serve((request, response) => {
		response.writeHead(200, { 'content-type': 'text/event-stream' }).write('x');
		if (request.url === '/short') finish = () => response.end('y');
	});
	const [short, live] = await Promise.all([fetch(`${origin}/short`), fetch(`${origin}/live`)]);
	const [server] = running;
	running.clear();
	const stopped = stopGently(server as Server, 300);
	finish();
	expect(await short.text()).toBe('xy');
	await expect(live.text()).rejects.toThrow();
	await stopped;
});

test.each([
	['its headers', 'GET / HTTP/1.1\r\nHost: x\r\n'],
	['its body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{']
])('a client that never finishes %s is sent away', async (_what, begun) => {
	const server = createEntryServer(() => undefined, {
		killServiceWorker: false,
		patience: { headers: 50, request: 100, silence: 60_000 }
	});
	running.add(server);
	server.listen(0);
	await once(server, 'listening');
	const socket = connect((server.address() as AddressInfo).port, 'localhost');
	socket.write(begun);
	expect(Buffer.concat(await socket.toArray()).toString()).toMatch(/^HTTP\/1\.1 408 /);
});

test('a client that neither sends nor reads is sent away', async () => {
	const server = createEntryServer(() => undefined, {
		killServiceWorker: false,
		patience: { headers: 60_000, request: 60_000, silence: 50 }
	});
	running.add(server);
	server.listen(0);
	await once(server, 'listening');
	const socket = connect((server.address() as AddressInfo).port, 'localhost');
	expect(await socket.toArray()).toEqual([]);
});

/** The bytes as they travel: fetch would unpack them. */
async function rawBody(origin: string, accepted = 'gzip'): Promise<Buffer> {
	const socket = connect(Number(new URL(origin).port), 'localhost');
	socket.write(`GET / HTTP/1.0\r\nAccept-Encoding: ${accepted}\r\n\r\n`);
	const all = Buffer.concat(await socket.toArray());
	return all.subarray(all.indexOf('\r\n\r\n') + 4);
}
