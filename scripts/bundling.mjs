import { fileURLToPath } from 'node:url';
import { words } from './words.mjs';

const leftOut = fileURLToPath(new URL('left-out.mjs', import.meta.url));

/**
 * How code for the browser is bundled, wherever that is done: for the app, and for a bench's page.
 *
 * @satisfies {import('vite').UserConfig}
 */
export const bundling = {
	worker: { format: /** @type {const} */ ('es'), plugins: () => [words()] },
	resolve: {
		alias: [
			// The build for today's browsers: 2 kB less, gzipped, on every page that a school is open on.
			{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' },
			// The parts of jsPDF for HTML, SVG and PNG: every device would keep these 126 kB and never run
			// them.
			{ find: /^(?:html2canvas|canvg|dompurify|fast-png)$/, replacement: leftOut }
		]
	},
	build: {
		// Inlined fonts and WebAssembly would be data: addresses, which the policy refuses.
		assetsInlineLimit: 0
	}
};
