import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, type Plugin } from 'vite';
import { policyHeader } from '../../../entry/policy.js';
import { bundling } from '../../../scripts/bundling.mjs';
import { isolated, serveFolder } from '../../support/folder-server.ts';

/** A page that offers the exports of one module to the one who drives the browser. */
export interface BenchPage {
	url: string;
	/** Stops serving it and removes its files. */
	close(): Promise<void>;
}

/**
 * Bundles a module as the app is bundled (production, minified, workers and WebAssembly as files)
 * and serves it under the app's own policy, so that a bench measures what users run.
 *
 * @param entry `new URL('./print.page.ts', import.meta.url)`; may import any room
 * @param base the folder that its files are asked for in
 */
export async function buildBenchPage(entry: URL, base = '/'): Promise<BenchPage> {
	const folder = await bundleBenchPage(entry, base);
	const server = await serveFolder(folder, {
		'content-security-policy': policyHeader(),
		...isolated
	});
	return {
		url: `${server.origin}/`,
		close: async () => {
			await server.stop();
			rmSync(folder, { recursive: true, force: true });
		}
	};
}

/**
 * The same page's files, for a server that serves them beside something else. Returns their folder.
 */
export async function bundleBenchPage(entry: URL, base = '/'): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-page-'));
	await build({
		configFile: false,
		base,
		mode: 'production',
		logLevel: 'warn',
		publicDir: false,
		plugins: [svelte(), offerExports(fileURLToPath(entry))],
		...bundling,
		build: {
			...bundling.build,
			outDir: folder,
			emptyOutDir: true,
			target: 'esnext',
			rolldownOptions: { input: { bench: benchModule }, output: { entryFileNames: '[name].js' } }
		}
	});
	writeFileSync(join(folder, 'index.html'), html(base));
	return folder;
}

const benchModule = 'bench-module';
const html = (
	base: string
) => `<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Bench</title>
<link rel="icon" href="data:,"><script type="module" src="${base}bench.js"></script></head><body></body></html>`;

/** The entry around the entry: puts what it exports where an evaluation can reach it. */
function offerExports(entry: string): Plugin {
	return {
		name: 'bench-module',
		resolveId: (id) => (id === benchModule ? `\0${benchModule}` : undefined),
		load: (id) =>
			id === `\0${benchModule}`
				? `import * as bench from ${JSON.stringify(entry)}; globalThis.bench = bench;`
				: undefined
	};
}

type ArgumentsOf<F> = F extends (...args: infer A extends unknown[]) => unknown ? A : never[];
type AnswerOf<F> = F extends (...args: never[]) => infer A ? Awaited<A> : never;

export interface OpenBench<Module> {
	page: Page;
	/** Calls an exported function in the page; arguments and answer travel as JSON does. */
	call<K extends keyof Module & string>(
		name: K,
		...args: ArgumentsOf<Module[K]>
	): Promise<AnswerOf<Module[K]>>;
	close(): Promise<void>;
}

/**
 * Opens a bench's page, in a storage of its own if not in a context's.
 *
 *     const bench = await openBenchPage<typeof import('./print.page.ts')>(browser, built.url);
 *     const ms = await bench.call('makeZip', 1000);
 */
export async function openBenchPage<Module>(
	browser: Browser | BrowserContext,
	url: string
): Promise<OpenBench<Module>> {
	const context = 'newContext' in browser ? await browser.newContext() : browser;
	const page = await context.newPage();
	page.on('pageerror', (error) => console.error(error));
	page.on('console', (message) => {
		if (message.type() === 'error') console.error(message.text());
	});
	await page.goto(url);
	await page.waitForFunction(() => 'bench' in globalThis);
	return {
		page,
		call: (name, ...args) => page.evaluate(callExport, { name, args }) as Promise<never>,
		close: () => context.close()
	};
}

/** Runs in the page. */
function callExport({ name, args }: { name: string; args: unknown[] }): unknown {
	const { bench } = globalThis as unknown as {
		bench: Record<string, ((...args: unknown[]) => unknown) | undefined>;
	};
	const exported = bench[name];
	if (!exported) throw new Error(`The bench's page exports no ${name}`);
	return exported(...args);
}
