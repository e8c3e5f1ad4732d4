import { building } from '$app/environment';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { openEndpoint, type Endpoint } from '#lib/server/process/endpoint.ts';
import { guard } from '#lib/server/http/guard.ts';
import { describeError } from '#lib/server/base/log.ts';

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

/** Instead of Kit's own, which prints the address and the message: either may hold what somebody typed. */
export const handleError: HandleServerError = async ({ error, status, message }) => {
	if (status !== 404) (await endpoint)?.log({ where: 'page', status, ...describeError(error) });
	return { message };
};
