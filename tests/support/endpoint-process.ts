// The server in a process of its own, of which only `POST /api/sync` is served, and the pages of
// `PAGES`, if any: what endpoint-server.ts starts. It needs no build.
import { flushCompileCache } from 'node:module';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { getRequest, setResponse } from '@sveltejs/kit/node';
import { bodyLimit, createEntryServer, stopGently } from '../../entry/server.ts';
import { openEndpoint } from '#lib/server/process/endpoint.ts';
import { guard } from '#lib/server/http/guard.ts';
import { postSync } from '#lib/server/http/sync-routes.ts';
import { RateLimiter } from '#lib/server/limits/rate-limiter.ts';
import { openStore, placeFrom } from '#lib/server/store/open-store.ts';
import { answerFrom, isolated } from './folder-server.ts';

const path = '/api/sync';
const pages = process.env['PAGES'];

// Here all devices share one address and never rest; the limits to that are not what is tried.
const unlimited = new RateLimiter({ capacity: Infinity, perSecond: Infinity });
let rowsRead = 0;
const store = await openStore(placeFrom(process.env), (rows) => (rowsRead += rows));
const endpoint = {
	...(await openEndpoint(process.env, { store })),
	requests: {
		byAddress: unlimited,
		syncsByAccount: unlimited,
		syncsBySchool: unlimited,
		auditsByAccount: unlimited,
		verdictsBySchool: unlimited
	}
};
const server = createEntryServer(
	async (request, response, next) => {
		if (request.url !== path) {
			if (pages === undefined) next();
			else await servePage(pages, request.url, response);
			return;
		}
		const base = `http://${request.headers.host ?? ''}`;
		const event = {
			request: await getRequest({ base, request, bodySizeLimit: bodyLimit }),
			locals: {},
			route: { id: path },
			getClientAddress: () => request.socket.remoteAddress ?? ''
		};
		await setResponse(response, await guard(endpoint, event, () => postSync(event)));
	},
	{ killServiceWorker: false }
);
server.listen(0, '127.0.0.1', () => {
	process.send?.((server.address() as AddressInfo).port);
	// Otherwise that is left for an end in peace, which this process may not have.
	flushCompileCache();
});

process.on('message', () => process.send?.(rowsRead));
process.once('SIGTERM', () => {
	void Promise.all([stopGently(server, 0), endpoint.close()]).then(() => process.exit());
});
// The process that started it is gone.
process.once('disconnect', () => process.exit());

async function servePage(folder: string, url: string | undefined, response: ServerResponse) {
	const [status, type, body] = await answerFrom(folder, url);
	response.writeHead(status, { ...isolated, 'content-type': type }).end(body);
}
