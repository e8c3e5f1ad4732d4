import { isLocal } from '../endpoint.ts';

/** What of a request says where it arrived. */
type Arrived = Pick<Request, 'headers' | 'method'>;

/**
 * Whether a request came over plain http to this very machine: the endpoint is reached nowhere else,
 * the browser says so, and no proxy speaks TLS for it.
 *
 * @param publicUrl where people reach the endpoint
 */
export function isPlainLocal({ headers }: Arrived, publicUrl: string): boolean {
	if (!isLocal(new URL(publicUrl).hostname)) return false;
	const host = headers.get('host') ?? '';
	const { hostname } = new URL(`http://${isHost(host) ? host : 'unknown'}`);
	return isLocal(hostname) && headers.get('x-forwarded-proto') !== 'https';
}

/**
 * Whether a request that may change something comes from a page of another site, or does not say from
 * where. Every browser names the origin of such a request, and no script can change it.
 *
 * @param publicUrl where people reach the endpoint; behind a proxy `Host` may be another
 */
export function isForeign(request: Arrived, publicUrl: string): boolean {
	if (request.method === 'GET' || request.method === 'HEAD') return false;
	const { headers } = request;
	const site = headers.get('sec-fetch-site');
	if (site !== null && site !== 'same-origin') return true;
	const origin = headers.get('origin');
	if (origin === null) return site === null;
	if (!URL.canParse(origin)) return true;
	const { host } = new URL(origin);
	return host !== headers.get('host') && host !== new URL(publicUrl).host;
}

function isHost(text: string): boolean {
	return /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(text);
}
