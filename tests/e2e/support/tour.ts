import { readdirSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect } from './test.ts';

const folder = fileURLToPath(new URL('../../../src/routes/', import.meta.url));

/** Every page of the app, as its folder in `src/routes` says: `/beheer/leerlingen/[id]`. */
function allRoutes(): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('+page.svelte'))
		.map((file) => dirname(join(sep, file)).split(sep))
		.map((parts) => parts.filter((part) => !part.startsWith('(')).join('/') || '/')
		.sort();
}

const routes = allRoutes().map((route) => ({
	route,
	pattern: new RegExp(`^${route.replaceAll(/\[\w+\]/g, '[^/]+')}$`)
}));

/** The page that an address is of; a name counts more than what stands for any id. */
function routeOf(pathname: string): string | undefined {
	const found = routes.filter(({ pattern }) => pattern.test(pathname)).map(({ route }) => route);
	return found.find((route) => !route.includes('[')) ?? found[0];
}

/** A walk past pages of the app, in which each is looked at once. */
export class Tour {
	readonly #page: Page;
	readonly #look: (route: string) => Promise<void>;
	readonly #seen = new Set<string>();

	/** @param look what is held against a page, when one is there */
	constructor(page: Page, look: (route: string) => Promise<void>) {
		this.#page = page;
		this.#look = look;
	}

	/** Looks at the page where one is, and at all that its links lead to, and theirs. */
	async follow(): Promise<void> {
		const open = new Map<string, string>();
		for (;;) {
			await this.here();
			for (const [route, address] of await this.#links()) {
				if (!this.#seen.has(route) && !open.has(route)) open.set(route, address);
			}
			const [next] = open;
			if (!next) return;
			open.delete(next[0]);
			await this.goTo(next[1]);
		}
	}

	/** Looks at the page where one is. */
	async here(): Promise<void> {
		const route = routeOf(new URL(this.#page.url()).pathname);
		if (route === undefined) throw new Error(`no page of the app: ${this.#page.url()}`);
		if (this.#seen.has(route)) return;
		this.#seen.add(route);
		await this.#look(route);
	}

	/** Follows a link to an address of the app, as if it stood on the page, and looks. */
	async goTo(address: string): Promise<void> {
		await this.#page.evaluate((href) => {
			// The heading that stands there once the next page does is not this.
			for (const heading of document.querySelectorAll('h1')) heading.toggleAttribute('data-left');
			const link = document.createElement('a');
			link.href = href;
			document.body.append(link);
			link.click();
			link.remove();
		}, address);
		await expect(this.#page.locator('h1:not([data-left])')).toBeVisible();
		const left = routeOf(new URL(address, this.#page.url()).pathname);
		await this.here();
		// One that only sends on to another.
		if (left !== undefined) this.#seen.add(left);
	}

	/** Those of a part of the app that nothing led to. */
	missed(isPart: (route: string) => boolean): string[] {
		return allRoutes().filter((route) => isPart(route) && !this.#seen.has(route));
	}

	/** The pages that links of this one lead to, each with the first address. */
	async #links(): Promise<Map<string, string>> {
		const hrefs = await this.#page
			.locator('a[href]')
			.evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
		const found = new Map<string, string>();
		for (const href of hrefs) {
			const { origin, pathname } = new URL(href);
			const route = origin === new URL(this.#page.url()).origin ? routeOf(pathname) : undefined;
			if (route !== undefined && !found.has(route)) found.set(route, href);
		}
		return found;
	}
}
