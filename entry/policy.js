/**
 * The rules that a browser is asked to hold. Kit writes `pageDirectives` into every page it makes
 * (with the hash of that page's start script); `entry/headers.ts` sends the rest.
 */

/**
 * The hash of the style attribute on Kit's own route announcer. Without it the announcer, meant for
 * screen readers alone, shows on the page. `entry/policy.test.ts` compares it with the installed Kit.
 */
export const announcerStyleHash = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=';

/** The one Trusted Types policy of ours, made in src/lib/client/browser/trusted.ts. */
export const trustedTypesPolicy = 'schoolsleutel';

/** @type {NonNullable<NonNullable<import('@sveltejs/kit').KitConfig['csp']>['directives']>} */
export const pageDirectives = {
	'default-src': ['none'],
	'script-src': ['self', 'wasm-unsafe-eval'],
	'style-src': ['self', 'unsafe-hashes', announcerStyleHash],
	'img-src': ['self', 'data:', 'blob:'],
	'font-src': ['self'],
	'connect-src': ['self'],
	'worker-src': ['self'],
	'manifest-src': ['self'],
	'media-src': ['self', 'blob:'],
	'form-action': ['self'],
	'base-uri': ['none'],
	'require-trusted-types-for': ['script'],
	// Svelte's and ours. Kit's own is for registering a service worker, which is ours to do: a name
	// that the app never claims is free for an attacker who gets a script in.
	'trusted-types': ['svelte-trusted-html', trustedTypesPolicy]
};

/** Sources that a policy writes between quotes; schemes and policy names stand bare. */
const quoted = new Set(['none', 'self', 'script', 'wasm-unsafe-eval', 'unsafe-hashes']);

/** @param {string} source */
function written(source) {
	return quoted.has(source) || source.startsWith('sha256-') ? `'${source}'` : source;
}

/**
 * The page's directives as one header value, for answers that are no page (scripts, workers,
 * pictures). A page's own policy also names its start script's hash, which this one cannot.
 *
 * @returns {string}
 */
export function policyHeader() {
	const directives = Object.entries(pageDirectives).map(
		([name, sources]) => `${name} ${[sources].flat().map(String).map(written).join(' ')}`
	);
	return [...directives, "frame-ancestors 'none'"].join('; ');
}
