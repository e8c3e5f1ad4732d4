import { existsSync } from 'node:fs';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import { webManifest } from './web-manifest.mjs';

/**
 * The plug-ins that write the web manifest, and into src/service-worker.ts the list of everything
 * the app consists of.
 *
 * @returns {import('vite').Plugin[]}
 */
export function pwa() {
	const plugins = SvelteKitPWA({
		strategies: 'injectManifest',
		srcDir: 'src',
		filename: 'service-worker.ts',
		injectRegister: false,
		manifest: webManifest,
		injectManifest: {
			globPatterns: [
				'client/**/*.{js,css,wasm,woff2,ttf,otf,json,svg,png,webp,ico,txt,xlsx,webmanifest}',
				// Every page is the same shell; one of them opens all addresses.
				'prerendered/pages/index.html'
			],
			globIgnores: ['client/_app/version.json', 'client/.vite/**', 'server/**'],
			maximumFileSizeToCacheInBytes: 12 * 1024 * 1024
		}
	});
	return plugins.map(onlyAfterGoodBuild);
}

/**
 * After a failed build the plug-in would complain about the missing service worker, and hide what
 * was really wrong. A build that lacks one without failing is caught by check-build.mjs.
 *
 * @param {import('vite').Plugin} plugin
 * @returns {import('vite').Plugin}
 */
function onlyAfterGoodBuild(plugin) {
	const hook = plugin.closeBundle;
	if (plugin.name !== 'vite-plugin-pwa:sveltekit:build' || typeof hook !== 'object') return plugin;
	return {
		...plugin,
		closeBundle: {
			...hook,
			handler() {
				if (!existsSync('.svelte-kit/output/client/service-worker.js')) return undefined;
				return hook.handler.call(this);
			}
		}
	};
}
