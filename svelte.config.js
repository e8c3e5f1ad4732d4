import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { pageDirectives } from './entry/policy.js';
import { withStaticSite } from './scripts/static-site.mjs';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: withStaticSite(adapter({ precompress: true })),
		// Relative addresses would make a deep link opened offline look for its scripts in its own folder.
		paths: { relative: false },
		// Registered by src/lib/client/app/service-worker.ts, through a Trusted Types policy of ours.
		serviceWorker: { register: false },
		csp: {
			mode: 'hash',
			directives: { ...pageDirectives, 'frame-ancestors': ['none'] }
		},
		typescript: {
			config: (config) => {
				/** @type {{ include: string[]; exclude: string[] }} */
				const { include, exclude } = /** @type {any} */ (config);
				include.push(
					'../entry/**/*',
					'../tests/**/*.ts',
					'../scripts/**/*',
					'../*.config.js',
					'../*.config.ts',
					'../.size-limit.js'
				);
				exclude.push(
					// A service worker's own world, see tsconfig.service-worker.json.
					'../entry/kill-service-worker.js',
					// Run by hand; what they make is in the repository.
					'../scripts/make-*.mjs',
					'../scripts/svg-path.mjs'
				);
			}
		}
	}
};
