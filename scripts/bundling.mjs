import { fileURLToPath } from 'node:url';

const leftOut = fileURLToPath(new URL('left-out.mjs', import.meta.url));

/**
 * How code for the browser is bundled, wherever that is done: for the app, and for a bench's page.
 *
 * @satisfies {import('vite').UserConfig}
 */
export const bundling = {
	worker: { format: /** @type {const} */ ('es') },
	resolve: {
		// What jsPDF has for HTML, SVG and PNG: every device would keep these 126 kB and never run them.
		alias: { html2canvas: leftOut, canvg: leftOut, dompurify: leftOut, 'fast-png': leftOut }
	},
	build: {
		// Inlined fonts and WebAssembly would be data: addresses, which the policy refuses.
		assetsInlineLimit: 0
	}
};
