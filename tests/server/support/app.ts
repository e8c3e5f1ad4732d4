import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequest, setResponse } from '@sveltejs/kit/node';
import { bodyLimit, createEntryServer, stopGently } from '../../../entry/server.ts';
import {
	openEndpoint,
	type Endpoint,
	type EndpointOptions,
	type Env
} from '#lib/server/process/endpoint.ts';
import { guard } from '#lib/server/http/guard.ts';
import type { ApiEvent } from '#lib/server/http/route.ts';
import type { LogLine } from '#lib/server/base/log.ts';

type Routes = Record<string, Record<string, (event: ApiEvent) => Promise<Response>>>;

/** Every route of the server, by its address: none of them has a variable part. */
export const routes = new Map(
	Object.entries(
		import.meta.glob('/src/routes/**/+server.ts', { eager: true }) as unknown as Routes
	).map(([file, route]) => [file.replace(/^\/src\/routes|\/\+server\.ts$/g, ''), route])
);

export interface App {
	readonly url: string;
	readonly endpoint: Endpoint;
	/** Where it keeps everything. */
	readonly folder: string;
	readonly log: LogLine[];
	/** The server's clock; it stands still. */
	now: Date;
	stop(): Promise<void>;
}

/**
 * The server with its own entry, gate and routes, on a port of its own; only Kit's router and its
 * pages are left out.
 */
export async function startApp(
	more: Env = {},
	options: Pick<EndpointOptions, 'store'> = {}
): Promise<App> {
	const folder = mkdtempSync(join(tmpdir(), 'endpoint-'));
	const log: LogLine[] = [];
	const app = { now: new Date('2026-11-23T08:30:00.000Z'), log };
	const server = createEntryServer((request, response, next) => serve(request, response, next), {
		killServiceWorker: false
	});
	const url = await listen(server);
	const endpoint = await openEndpoint(
		{ DATA_DIR: folder, ORIGIN: url, DEMO_MAIL: '1', ...more },
		{ now: () => app.now, log: (line) => log.push(line), ...options }
	);
	async function serve(
		...[request, response, next]: Parameters<Parameters<typeof createEntryServer>[0]>
	) {
		const asked = await getRequest({ base: url, request, bodySizeLimit: bodyLimit });
		const { pathname } = new URL(asked.url);
		const route = routes.get(pathname);
		if (!route) {
			next();
			return;
		}
		const event = {
			request: asked,
			locals: {},
			route: { id: pathname },
			getClientAddress: () => request.socket.remoteAddress ?? ''
		};
		const work = route[asked.method];
		const answer = await guard(endpoint, event, () =>
			work ? work(event) : Promise.resolve(new Response(null, { status: 405 }))
		);
		await setResponse(response, answer);
	}
	return Object.assign(app, {
		url,
		endpoint,
		folder,
		async stop() {
			await Promise.all([stopGently(server, 0), endpoint.close()]);
			rmSync(folder, { recursive: true, force: true });
		}
	});
}

async function listen(server: Server): Promise<string> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return `http://localhost:${(server.address() as AddressInfo).port}`;
}
