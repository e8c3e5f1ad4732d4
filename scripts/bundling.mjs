/**
 * How code for the browser is bundled, wherever that is done: for the app, and for a bench's page.
 *
 * @satisfies {import('vite').UserConfig}
 */
export const bundling = {
	// The build for today's browsers: 2 kB less, gzipped, on every page that a school is open on.
	resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
	worker: { format: /** @type {const} */ ('es') },
	build: {
		// Inlined fonts and WebAssembly would be data: addresses, which the policy refuses.
		assetsInlineLimit: 0
	}
};
