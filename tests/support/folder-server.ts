import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const types: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript',
	'.css': 'text/css',
	'.json': 'application/json',
	'.webmanifest': 'application/manifest+json',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.wasm': 'application/wasm',
	'.woff2': 'font/woff2'
};

/** Isolated from other origins, a page's clock tells microseconds instead of tenths of a millisecond. */
export const isolated = {
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-embedder-policy': 'require-corp'
};

export interface FolderServer {
	origin: string;
	stop(): Promise<void>;
}

/**
 * A static web server as dumb as they come: files, index.html for a folder, and 404.html, with
 * status 404, for anything else.
 *
 * @param headers sent with every answer
 */
export async function serveFolder(
	folder: string,
	headers: Record<string, string> = {}
): Promise<FolderServer> {
	const server = createServer((request, response) => {
		void answerFrom(folder, request.url).then(([status, type, body]) =>
			response.writeHead(status, { ...headers, 'content-type': type }).end(body)
		);
	});
	server.listen(0);
	await once(server, 'listening');
	return {
		origin: `http://localhost:${(server.address() as AddressInfo).port}`,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	};
}

/** Returns what is there at an address: status, type and bytes. */
export async function answerFrom(
	folder: string,
	url = '/'
): Promise<[number, string, Buffer | string]> {
	const path = normalize(decodeURIComponent(new URL(url, 'http://x').pathname));
	const file = path.endsWith('/') ? `${path}index.html` : path;
	const body = await readFile(join(folder, file)).catch(() => undefined);
	if (body) return [200, types[extname(file)] ?? 'application/octet-stream', body];
	const fallback = await readFile(join(folder, '404.html')).catch(() => 'Not found');
	return [404, 'text/html; charset=utf-8', fallback];
}
