import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants, createGzip, createZstdCompress, type Gzip, type ZstdCompress } from 'node:zlib';
import { beforeHeaders } from './headers.ts';

/** Below this many bytes, which arrive all at once, packing costs more than it saves. */
const worthwhileBytes = 8 * 1024;

const compressible = /^(?:text\/(?!event-stream)|application\/(?:json|javascript|xml))/;

/**
 * Packs what is made on request; files have their packed copies beside them and pass untouched.
 * Counts on the handler to call `writeHead` before it writes, as Kit does.
 */
export function compressAnswers(request: IncomingMessage, response: ServerResponse): void {
	const packing = packingFor(request.headers['accept-encoding'] ?? '');
	if (request.method === 'HEAD' || !packing) return;
	beforeHeaders(response, () => {
		if (!worthPacking(response)) return;
		response.setHeader('content-encoding', packing);
		response.appendHeader('vary', 'accept-encoding');
		response.removeHeader('content-length');
		writeThrough(response, packing === 'zstd' ? createZstdCompress(zstd) : createGzip());
	});
}

/** At this level it packs JSON as small as gzip does, in a fifth of the time. */
const zstd = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: 256 * 1024 };

function packingFor(accepted: string): 'zstd' | 'gzip' | null {
	if (/\bzstd\b/.test(accepted)) return 'zstd';
	return /\bgzip\b/.test(accepted) ? 'gzip' : null;
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

function writeThrough(response: ServerResponse, packer: Gzip | ZstdCompress): void {
	const write = response.write.bind(response) as (chunk: Buffer) => boolean;
	const end = response.end.bind(response) as () => ServerResponse;
	packer.on('data', (chunk: Buffer) => {
		if (!write(chunk)) packer.pause();
	});
	packer.on('end', () => end());
	// The writer of the answer waits for its 'drain', which here is the packer's.
	packer.on('drain', () => response.emit('drain'));
	response.on('drain', () => packer.resume());
	response.on('close', () => packer.destroy());
	response.write = (chunk: Uint8Array | string): boolean => packer.write(chunk);
	response.end = (chunk?: unknown): ServerResponse => {
		if (typeof chunk === 'string' || chunk instanceof Uint8Array) packer.write(chunk);
		packer.end();
		return response;
	};
}
