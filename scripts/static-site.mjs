import { copyFileSync, cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the site for any static web server lies, from the project's root. */
export const staticSite = 'build/static';

/**
 * Lets an adapter do its work, and then lays the same client down as a folder that any static web
 * server can serve: a school on one device needs nothing more. Addresses of single records have no
 * page of their own; the shell, under the names that such servers use for "anything else", opens
 * them.
 *
 * @param {import('@sveltejs/kit').Adapter} adapter adapter-node, writing to build/
 * @returns {import('@sveltejs/kit').Adapter}
 */
export function withStaticSite(adapter) {
	return {
		...adapter,
		async adapt(builder) {
			await adapter.adapt(builder);
			rmSync(staticSite, { recursive: true, force: true });
			cpSync('build/client', staticSite, { recursive: true });
			cpSync('build/prerendered', staticSite, { recursive: true });
			removeCompressed(staticSite);
			withoutEndpoint(staticSite);
			for (const fallback of ['404.html', '200.html']) {
				copyFileSync(join(staticSite, 'index.html'), join(staticSite, fallback));
			}
			builder.log.minor(`Wrote ${staticSite}, for any static web server`);
		}
	};
}

/**
 * Pages tell the app whether a server stands behind them (src/lib/client/browser/from-server.ts).
 *
 * @param {string} folder
 */
function withoutEndpoint(folder) {
	for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
		if (!file.endsWith('.html')) continue;
		const page = join(folder, file);
		writeFileSync(page, readFileSync(page, 'utf8').replace(' data-endpoint', ''));
	}
}

/**
 * The .br and .gz copies are for our own server; other ones compress by themselves.
 *
 * @param {string} folder
 */
function removeCompressed(folder) {
	for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
		if (/\.(?:br|gz)$/.test(file)) rmSync(join(folder, file));
	}
}
