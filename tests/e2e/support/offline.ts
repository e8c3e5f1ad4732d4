import { expect, type Page } from '@playwright/test';

/** The option for a test whose app must start without a network, or come in a new version. */
export const keepsApp = { serviceWorkers: 'allow' } as const;

/**
 * Waits until the app can start without a network: its service worker runs this page and has
 * everything.
 */
export async function readyForOffline(page: Page): Promise<void> {
	await expect
		.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state), { timeout: 30_000 })
		.toBe('activated');
}

/** The complaints of a page: errors, refused policies, uncaught rejections. */
export function collectComplaints(page: Page): string[] {
	const complaints: string[] = [];
	page.on('pageerror', (error) => complaints.push(String(error)));
	page.on('console', (message) => {
		if (message.type() === 'error') complaints.push(message.text());
	});
	return complaints;
}
