import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SideServer {
	origin: string;
	stop(): Promise<void>;
}

/**
 * Serves two servers on one origin: addresses that begin with `path` come from `side`, all else
 * from `main`. So a page beside the app has the app's storage, also where its service worker
 * answers first.
 */
export async function serveBeside(
	main: string,
	{ path, side }: { path: string; side: string }
): Promise<SideServer> {
	const server = createServer((incoming, answer) => {
		const url = incoming.url ?? '/';
		const address = url.startsWith(path)
			? new URL(url.slice(path.length), side)
			: new URL(url, main);
		const { method, headers } = incoming;
		const outgoing = request(
			address,
			{ method, headers: { ...headers, host: address.host } },
			(found) => {
				answer.writeHead(found.statusCode ?? 502, found.headers);
				found.pipe(answer);
			}
		);
		// A browser that is killed breaks off what it asked for.
		outgoing.on('error', () => answer.destroy());
		incoming.pipe(outgoing);
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
