/**
 * Tells whether this app came from a server. Pages that a plain web server hands out do not say so
 * (scripts/static-site.mjs): there a school lives on one device, and nothing is asked of anybody.
 */
export function cameFromEndpoint(): boolean {
	return 'endpoint' in document.documentElement.dataset;
}
