/** The part of a request that says where it arrived. */
type Arrived = Pick<Request, 'headers' | 'method'>;

/**
 * Tells whether a request came over plain http to this very machine: the server is reached nowhere
 * else, the browser says so, and no proxy stands in between, which may speak TLS.
 *
 * @param publicUrl where people reach the server
 */
export function isPlainLocal(request: Arrived, publicUrl: string): boolean {
	if (!isLocal(new URL(publicUrl).hostname)) return false;
	const host = request.headers.get('host') ?? '';
	const { hostname } = new URL(`http://${isHost(host) ? host : 'unknown'}`);
	return isLocal(hostname) && !isThroughProxy(request);
}

/** Tells whether a host name means this very machine. */
export function isLocal(hostname: string): boolean {
	return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/**
 * Headers that proxies and the networks of large hosts put on a request, beside all of
 * `X-Forwarded-`.
 */
const proxyHeaders: ReadonlySet<string> = new Set([
	...['forwarded', 'via', 'x-real-ip', 'x-client-ip', 'x-cluster-client-ip', 'true-client-ip'],
	...['cf-connecting-ip', 'cf-ray', 'cdn-loop', 'fastly-client-ip', 'x-envoy-external-address'],
	...[
		'x-original-forwarded-for',
		'x-original-host',
		'x-azure-clientip',
		'x-arr-ssl',
		'x-appengine-user-ip'
	]
]);

/** Tells whether something in between says that it handed a request on. */
export function isThroughProxy({ headers }: Pick<Arrived, 'headers'>): boolean {
	return [...headers.keys()].some(
		(name) => name.startsWith('x-forwarded-') || proxyHeaders.has(name)
	);
}

/**
 * Tells whether a request that may change something comes from a page of another site, or does not
 * say from where. Every browser names the origin of such a request, and no script can change it.
 *
 * @param publicUrl where people reach the server; behind a proxy `Host` may be another
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
