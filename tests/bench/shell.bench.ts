import { gzipSync } from 'node:zlib';
import { largestRoute } from '../../scripts/shell-size.mjs';
import { startAppServer } from '../support/app-server.ts';
import { launchChromium } from './support/browser.ts';
import { figure, report } from './support/report.ts';

/** All JavaScript that the browser has fetched when the first screen stands, in kB gzipped. */
async function firstScreenKb(): Promise<number> {
	const server = await startAppServer();
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
	const bytes = await Promise.all(sizes);
	await browser.close();
	await server.stop();
	return bytes.reduce((sum, size) => sum + size, 0) / 1000;
}

const largest = largestRoute();
if (!largest) throw new Error('The build has no routes');
console.log(`Largest route: ${largest.route}`);

report([
	figure('shell-first', await firstScreenKb(), 'kB'),
	figure('shell-largest-route', largest.bytes / 1000, 'kB')
]);
