import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { compressAnswers } from './compress.ts';
import { secureHeaders } from './headers.ts';

/** The largest body that is read, in bytes (Kit's default is 512 kB). */
export const bodyLimit = 2 * 1024 * 1024;

/** The handler that adapter-node builds: it answers, or calls `next`. */
export type Handler = (
	request: IncomingMessage,
	response: ServerResponse,
	next: () => void
) => unknown;

/** How long a client may take, in milliseconds. */
export interface Patience {
	/** For the headers of a request. */
	readonly headers: number;
	/** For all of a request: 2 MB in this time is a slow phone. */
	readonly request: number;
	/** Between two bytes in either direction; a live stream beats more often. */
	readonly silence: number;
}

const patience: Patience = { headers: 15_000, request: 120_000, silence: 90_000 };

export interface ServerOptions {
	/**
	 * Sends every browser a service worker that removes itself and its caches, for the day that a
	 * released one is broken. Data that people keep on their device stays.
	 */
	killServiceWorker: boolean;
	patience?: Patience;
}

const killScript = readFileSync(new URL('./kill-service-worker.js', import.meta.url));

/**
 * Our own entry around Kit's handler: headers on everything, limits to bodies and to patience,
 * packing, a health check and the service worker's kill switch.
 *
 * @param handle the handler that adapter-node built
 */
export function createEntryServer(handle: Handler, options: ServerOptions): Server {
	const { headers, request, silence } = options.patience ?? patience;
	const times = {
		headersTimeout: headers,
		requestTimeout: request,
		connectionsCheckingInterval: Math.min(headers, 5_000)
	};
	const server = createServer(times, (request, response) => {
		secureHeaders(request, response);
		if (request.url === '/healthz') return sendText(response, 200, 'ok');
		if (Number(request.headers['content-length'] ?? 0) > bodyLimit) return refuseBody(response);
		if (options.killServiceWorker && request.url?.startsWith('/service-worker.js')) {
			response.writeHead(200, { 'content-type': 'text/javascript' }).end(killScript);
			return;
		}
		compressAnswers(request, response);
		dropImpossibleRange(request);
		nameProxy(request);
		void answer(handle, request, response);
	});
	server.timeout = silence;
	return server;
}

/** One request that the handler breaks on must not end the server for everybody. */
async function answer(
	handle: Handler,
	request: IncomingMessage,
	response: ServerResponse
): Promise<void> {
	try {
		await handle(request, response, () => sendText(response, 404, 'Not found'));
	} catch (error) {
		console.error(error);
		if (response.headersSent) response.destroy();
		else refuseBroken(response);
	}
}

function refuseBroken(response: ServerResponse): void {
	// Of an answer that was begun: they would not fit this one.
	for (const name of response.getHeaderNames()) {
		if (/^(?:content-(?!security)|etag|last-modified|accept-ranges)/.test(name)) {
			response.removeHeader(name);
		}
	}
	sendText(response, 500, 'Something went wrong');
}

/** A range that ends before it begins is to be ignored (RFC 9110 14.1.2); the file handler throws on it. */
function dropImpossibleRange({ headers }: IncomingMessage): void {
	const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '') ?? [];
	const possible = first !== '' && (last === '' || Number(first) <= Number(last));
	if (!possible) delete headers.range;
}

/** No browser speaks HTTP/1.0: something in between does (nginx, as it comes), and may say nothing else. */
function nameProxy({ httpVersion, headers }: IncomingMessage): void {
	if (httpVersion === '1.0') headers.via ??= '1.0 unknown';
}

/** The connection ends with the answer: the rest of the body is not worth waiting for. */
function refuseBody(response: ServerResponse): void {
	response.setHeader('connection', 'close');
	sendText(response, 413, `At most ${bodyLimit} bytes`);
}

function sendText(response: ServerResponse, status: number, text: string): void {
	response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

/**
 * Stops taking requests and lets running ones finish; what is still open after `graceMs`, a live
 * stream for one, is closed. Kit's `sveltekit:shutdown` tells streams to end by themselves first.
 *
 * @param graceMs milliseconds
 */
export async function stopGently(server: Server, graceMs: number): Promise<void> {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	// The name under which adapter-node announces it, so that the server's code need not know us.
	process.emit('sveltekit:shutdown' as 'exit', 0);
	server.closeIdleConnections();
	const timer = setTimeout(() => server.closeAllConnections(), graceMs);
	await closed;
	clearTimeout(timer);
}
