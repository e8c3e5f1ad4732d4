import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGzip, type Gzip } from 'node:zlib';
import { beforeHeaders } from './headers.ts';

/** Below this many bytes, packing costs more than it saves. */
const worthwhileBytes = 1024;

const compressible = /^(?:text\/(?!event-stream)|application\/(?:json|javascript|xml))/;

/**
 * Packs what is made on request; files have their packed copies beside them and pass untouched.
 * Counts on the handler to call `writeHead` before it writes, as Kit does.
 */
export function compressAnswers(request: IncomingMessage, response: ServerResponse): void {
	const accepted = request.headers['accept-encoding'] ?? '';
	if (request.method === 'HEAD' || !/\bgzip\b/.test(accepted)) return;
	beforeHeaders(response, () => {
		if (!worthPacking(response)) return;
		response.setHeader('content-encoding', 'gzip');
		response.appendHeader('vary', 'accept-encoding');
		response.removeHeader('content-length');
		writeThrough(response, createGzip());
	});
}

function worthPacking(response: ServerResponse): boolean {
	const length = Number(response.getHeader('content-length') ?? Infinity);
	return (
		response.statusCode === 200 &&
		!response.hasHeader('content-encoding') &&
		length >= worthwhileBytes &&
		compressible.test(String(response.getHeader('content-type')))
	);
}

function writeThrough(response: ServerResponse, gzip: Gzip): void {
	const write = response.write.bind(response) as (chunk: Buffer) => boolean;
	const end = response.end.bind(response) as () => ServerResponse;
	gzip.on('data', (chunk: Buffer) => {
		if (!write(chunk)) gzip.pause();
	});
	gzip.on('end', () => end());
	// Whoever fills the answer waits for its 'drain', which here is the packer's.
	gzip.on('drain', () => response.emit('drain'));
	response.on('drain', () => gzip.resume());
	response.on('close', () => gzip.destroy());
	response.write = (chunk: Uint8Array | string): boolean => gzip.write(chunk);
	response.end = (chunk?: unknown): ServerResponse => {
		if (typeof chunk === 'string' || chunk instanceof Uint8Array) gzip.write(chunk);
		gzip.end();
		return response;
	};
}
