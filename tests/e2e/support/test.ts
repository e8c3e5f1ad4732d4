import {
	test as base,
	expect,
	type BrowserContext,
	type BrowserContextOptions,
	type Page
} from '@playwright/test';

/** The complaints of pages, and their requests to others. */
export interface Watch {
	readonly complaints: string[];
	/** Leaves out complaints that a test provokes. */
	expect(pattern: RegExp): void;
}

/**
 * Listens to every page of a context, those to come too: errors, uncaught rejections, refused
 * policies, and requests to anybody but `origin`.
 */
async function watch(context: BrowserContext, origin: string): Promise<Watch> {
	const heard: string[] = [];
	const expected: RegExp[] = [];
	context.on('weberror', (error) => heard.push(`${error.error().message} ${error.error().stack}`));
	context.on('console', (message) => {
		if (message.type() === 'error') heard.push(`${message.text()} (${message.location().url})`);
	});
	context.on('request', (request) => {
		const url = new URL(request.url());
		if (/^(?:https?|wss?):$/.test(url.protocol) && url.origin !== origin) {
			heard.push(`asked ${request.url()}`);
		}
	});
	await context.addInitScript(() => {
		document.addEventListener('securitypolicyviolation', (event) =>
			console.error(`refused by policy: ${event.violatedDirective} ${event.blockedURI}`)
		);
	});
	return {
		get complaints() {
			return heard.filter((text) => !expected.some((pattern) => pattern.test(text)));
		},
		expect: (pattern) => void expected.push(pattern)
	};
}

interface Fixtures {
	watched: Watch;
	/** A context of its own, as of another device, for an app at `origin`. Watched like the usual one. */
	openDevice: OpenDevice;
}

export type OpenDevice = (origin: string, options?: BrowserContextOptions) => Promise<Device>;

export interface Device {
	context: BrowserContext;
	page: Page;
	watched: Watch;
}

/** As Playwright's, but a test fails when its pages complain or ask anything of another origin. */
export const test = base.extend<Fixtures>({
	watched: [
		async ({ context, baseURL }, use) => {
			const watched = await watch(context, baseURL ?? '');
			await use(watched);
			expect(watched.complaints).toEqual([]);
		},
		{ auto: true }
	],
	openDevice: async ({ browser }, use) => {
		const devices: Device[] = [];
		await use(async (origin, options) => {
			const context = await browser.newContext({ ...options, baseURL: origin });
			const watched = await watch(context, origin);
			const device = { context, watched, page: await context.newPage() };
			devices.push(device);
			return device;
		});
		for (const { context, watched } of devices) {
			await context.close();
			expect(watched.complaints).toEqual([]);
		}
	}
});

export { expect };
