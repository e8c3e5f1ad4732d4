import type { IncomingMessage, ServerResponse } from 'node:http';
import { policyHeader } from './policy.js';

/** Powers that a page might ask of a device, and ours never does. */
const unusedPowers = [
	'accelerometer',
	'autoplay',
	'display-capture',
	'encrypted-media',
	'geolocation',
	'gyroscope',
	'magnetometer',
	'microphone',
	'midi',
	'payment',
	'usb'
];

const onEverything = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'no-referrer',
	// The camera reads printed cards.
	'permissions-policy': ['camera=(self)', ...unusedPowers.map((power) => `${power}=()`)].join(', '),
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin'
};

const filePolicy = policyHeader();

/**
 * Puts the headers of design.md 5 on every answer: page, file, API or error. Prerendered pages and
 * static files never reach Kit's hooks, so this stands before the handler.
 */
export function secureHeaders(request: IncomingMessage, response: ServerResponse): void {
	for (const [name, value] of Object.entries(onEverything)) response.setHeader(name, value);
	const [path = '/'] = (request.url ?? '/').split('?', 1);
	beforeHeaders(response, () => {
		addPolicy(response);
		addCacheRule(path, response);
	});
}

/**
 * A page brings its own policy, with the hash of its start script, in a header or a meta tag. A
 * second, general one would forbid that script: it only gets what a meta tag cannot say. A 304 gets
 * none, for its headers replace those the browser kept.
 */
function addPolicy(response: ServerResponse): void {
	if (response.statusCode === 304 || response.hasHeader('content-security-policy')) return;
	const isPage = String(response.getHeader('content-type')).startsWith('text/html');
	response.setHeader('content-security-policy', isPage ? "frame-ancestors 'none'" : filePolicy);
}

/**
 * Hashed files keep the handler's "immutable", and the API its own word. Everything else, pages and
 * the service worker above all, is asked for again each time (cheaply, by its ETag).
 */
function addCacheRule(path: string, response: ServerResponse): void {
	const speaksForItself = path.startsWith('/_app/immutable/') || path.startsWith('/api/');
	if (speaksForItself && response.hasHeader('cache-control')) return;
	response.setHeader('cache-control', path.startsWith('/api/') ? 'no-store' : 'no-cache');
}

/**
 * Runs `change` once, just before the headers go out; by then `getHeader` and `statusCode` also know
 * what was handed to `writeHead`.
 */
export function beforeHeaders(response: ServerResponse, change: () => void): void {
	const writeHead = response.writeHead.bind(response);
	response.writeHead = (status: number, ...rest: unknown[]): ServerResponse => {
		response.writeHead = writeHead;
		response.statusCode = status;
		const headers = rest.at(-1);
		if (typeof headers === 'object' && headers !== null) setAll(response, headers);
		change();
		return writeHead(status);
	};
}

function setAll(response: ServerResponse, headers: object): void {
	for (const [name, value] of Object.entries(headers)) {
		response.setHeader(name, value as number | string | string[]);
	}
}
