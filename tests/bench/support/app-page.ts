import type { Browser, BrowserContext, Page } from '@playwright/test';
import { startAppServer, type AppServer } from '../../support/app-server.ts';
import { buildBenchPage, openBenchPage, type BenchPage, type OpenBench } from './bench-page.ts';
import { benchStaff } from './staff.ts';

/** The production build, and a bench's page on the same origin and so on the same storage. */
export interface AppBench<Module> {
	readonly origin: string;
	/** A storage of its own, with the bench's page open in it. */
	open(browser: Browser): Promise<OpenBench<Module>>;
	close(): Promise<void>;
}

const folder = '/bench/';

/**
 * Serves the production build with a module beside it that prepares what is measured: schools of any
 * size in the app's own storage.
 *
 * @param entry `new URL('./school.page.ts', import.meta.url)`
 */
export async function serveAppBench<Module>(entry: URL): Promise<AppBench<Module>> {
	const [server, built]: [AppServer, BenchPage] = await Promise.all([
		startAppServer(),
		buildBenchPage(entry, folder)
	]);
	return {
		origin: server.origin,
		open: async (browser) => {
			const context = await browser.newContext({ serviceWorkers: 'block', locale: 'nl-NL' });
			await context.route(`${server.origin}${folder}**`, async (route) => {
				const path = new URL(route.request().url()).pathname.slice(folder.length);
				await route.fulfill({ response: await route.fetch({ url: `${built.url}${path}` }) });
			});
			return openBenchPage<Module>(context, `${server.origin}${folder}`);
		},
		close: async () => {
			await server.stop();
			await built.close();
		}
	};
}

/**
 * Opens the app where somebody can sign in, filled in, with all that it needs for that loaded.
 *
 * @param watch runs in the page before its own scripts
 */
export async function openSignIn(
	context: BrowserContext,
	origin: string,
	watch?: () => void
): Promise<Page> {
	const page = await context.newPage();
	if (watch) await page.addInitScript(watch);
	await page.goto(`${origin}/`);
	await page.getByLabel('Gebruikersnaam').fill(benchStaff.userName);
	await page.getByRole('textbox', { name: 'Wachtwoord', exact: true }).fill(benchStaff.password);
	await page.waitForLoadState('networkidle');
	return page;
}
