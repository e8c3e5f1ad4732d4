import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A cut of the connection when a statement comes by: before it arrives, or its answer. */
interface Cut {
	readonly at: string;
	readonly lose: 'statement' | 'answer';
}

/** Stands between a store and its server, and cuts a connection once when it is told to. */
export interface CuttingProxy {
	/** The server's URL by this way. */
	readonly url: string;
	cutOnce(cut: Cut): void;
	stop(): void;
}

/** @param target URL of a PostgreSQL server */
export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
	const { port, hostname } = new URL(target);
	const open = new Set<Socket>();
	let next: Cut | null = null;
	const server = createServer((client) => {
		const upstream = connect(Number(port), hostname);
		const end = () => {
			client.destroy();
			upstream.destroy();
		};
		for (const socket of [client, upstream]) {
			open.add(socket);
			socket.on('close', end).on('error', end);
		}
		let cutsAnswer = false;
		client.on('data', (data) => {
			if (next && data.includes(next.at)) {
				const { lose } = next;
				next = null;
				if (lose === 'statement') return end();
				cutsAnswer = true;
			}
			upstream.write(data);
		});
		upstream.on('data', (data) => {
			if (cutsAnswer) end();
			else client.write(data);
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The proxy has no port');
	const url = new URL(target);
	url.port = String(address.port);
	return {
		url: url.href,
		cutOnce: (cut) => (next = cut),
		stop: () => {
			for (const socket of open) socket.destroy();
			server.close();
		}
	};
}
