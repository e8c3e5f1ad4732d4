import { gzipSync } from 'node:zlib';
import { startAppServer } from '../../support/app-server.ts';
import { launchChromium } from './browser.ts';

/**
 * All JavaScript that the browser fetches for the first screen, and at once after it, in kB gzipped.
 *
 * @param project the folder that it has been built in; this one by default
 */
export async function firstScreenKb(project?: string): Promise<number> {
	const server = await startAppServer(project === undefined ? {} : { project });
	const browser = await launchChromium();
	const context = await browser.newContext({ serviceWorkers: 'block' });
	const page = await context.newPage();
	const sizes: Promise<number>[] = [];
	page.on('response', (response) => {
		if (!response.headers()['content-type']?.includes('javascript')) return;
		sizes.push(response.body().then((body) => gzipSync(body).byteLength));
	});
	await page.goto(server.origin, { waitUntil: 'commit' });
	await page.getByRole('heading').first().waitFor();
	await page.waitForLoadState('networkidle');
	const bytes = await Promise.all(sizes);
	await browser.close();
	await server.stop();
	return bytes.reduce((sum, size) => sum + size, 0) / 1000;
}
