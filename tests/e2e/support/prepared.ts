import type { Page } from '@playwright/test';
import { arrive, keep, layDown, makeKeysReadable, type Kept } from './kept.ts';

/** The result of making something: what it left on a device, and what it told its maker. */
interface Made<T> {
	readonly kept: Kept;
	readonly told: T;
}

/** A device that is made ready once for all the tests of a worker, and laid down on theirs. */
export class Prepared<T> {
	readonly #make: (page: Page) => Promise<T>;
	#made: Promise<Made<T>> | undefined;

	/** @param make what is done on the device, which is one of its own */
	constructor(make: (page: Page) => Promise<T>) {
		this.#make = make;
	}

	/**
	 * Lays it down on the device of a page, which has nothing yet. Returns what its maker was told.
	 */
	async layDown(page: Page): Promise<T> {
		const origin = await arrive(page);
		const { kept, told } = await (this.#made ??= this.#makeElsewhere(page, origin));
		await layDown(page, kept);
		return told;
	}

	async #makeElsewhere(page: Page, baseURL: string): Promise<Made<T>> {
		const viewport = { width: 1280, height: 800 };
		const context = await page.context().browser()?.newContext({ baseURL, viewport });
		if (!context) throw new Error('a browser that opens no second window');
		await makeKeysReadable(context);
		const elsewhere = await context.newPage();
		const told = await this.#make(elsewhere);
		const kept = await keep(elsewhere);
		await context.close();
		return { kept, told };
	}
}
