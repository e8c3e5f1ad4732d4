import { building } from '$app/environment';
import type { Handle, ServerInit } from '@sveltejs/kit';
import { openEndpoint, type Endpoint } from '#lib/server/endpoint.ts';
import { guard } from '#lib/server/http/guard.ts';

let endpoint: Promise<Endpoint> | null = null;

/** Opens the endpoint before anything is answered; pages that are laid down at build time need none. */
export const init: ServerInit = async () => {
	if (building) return;
	endpoint = openEndpoint(process.env);
	const { close } = await endpoint;
	// entry/server.ts says so when it stops; running requests get their answers first.
	process.once('sveltekit:shutdown' as 'exit', () => void close());
};

export const handle: Handle = async ({ event, resolve }) => {
	const isApi = /^\/(?:api|readyz)(?:\/|$)/.test(event.url.pathname);
	if (!isApi || !endpoint) return resolve(event);
	return guard(await endpoint, event, () => Promise.resolve(resolve(event)));
};
