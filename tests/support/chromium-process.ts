import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chromium, type Browser, type BrowserContext } from '@playwright/test';
import { chromiumFlags, ensureChromium } from '../../scripts/chromium.mjs';

export interface ChromiumProcess {
	browser: Browser;
	/** The profile's own context: its storage lies in the profile's folder. */
	context: BrowserContext;
	/** Ends browser, renderers and workers at once, as a power cut would. */
	kill(): Promise<void>;
}

/**
 * Starts Chromium as a process of our own, so that it can be killed and started again on the same
 * storage; a browser that Playwright launches can only be closed.
 *
 * @param profile folder of the user's data, kept between starts
 */
export async function startChromium(profile: string): Promise<ChromiumProcess> {
	const child = spawn(
		ensureChromium(),
		[
			...chromiumFlags,
			'--headless=new',
			'--remote-debugging-port=0',
			`--user-data-dir=${profile}`,
			'--no-first-run',
			'--lang=nl-NL',
			'about:blank'
		],
		// A process group of its own, so that the kill reaches every process of the browser.
		{ detached: true, stdio: ['ignore', 'ignore', 'pipe'] }
	);
	const ended = once(child, 'exit');
	const endpoint = await readEndpoint(child.stderr);
	const browser = await chromium.connectOverCDP(endpoint);
	const [context] = browser.contexts();
	if (!context || child.pid === undefined) throw new Error('Chromium started without a profile');
	const group = -child.pid;
	return {
		browser,
		context,
		kill: async () => {
			process.kill(group, 'SIGKILL');
			await ended;
			await browser.close().catch(() => undefined);
		}
	};
}

function readEndpoint(output: NodeJS.ReadableStream): Promise<string> {
	return new Promise((resolve, reject) => {
		let said = '';
		output.on('data', (chunk: Buffer) => {
			said += chunk.toString();
			const endpoint = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
			if (endpoint) resolve(endpoint);
		});
		output.on('end', () => reject(new Error(`Chromium did not start: ${said}`)));
	});
}
