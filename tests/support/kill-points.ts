import type { BrowserContext, Page } from '@playwright/test';

/** Where to stop: before or after which write to IndexedDB, counted from arming. */
export interface KillPoint {
	/** 1: the first write or finished transaction. */
	readonly step: number;
}

interface Armed extends Window {
	stepsToKillPoint?: number;
	killPointReached?: () => Promise<void>;
	noteShown?: (text: string) => Promise<void>;
}

/** Stops pages of a context in the middle of writing, so that a kill hits them exactly there. */
export class KillPoints {
	#reached: () => void = () => undefined;
	/** The steps that were waited for and the pages have shown, in order. */
	shown: string[] = [];

	/**
	 * @param shows a text that says that something is done; noted as soon as it stands on a page
	 */
	async watch(context: BrowserContext, shows: RegExp): Promise<void> {
		await context.exposeBinding('killPointReached', () => this.#reached());
		await context.exposeBinding('noteShown', (_, text: string) => void this.shown.push(text));
		await context.addInitScript(countSteps);
		await context.addInitScript(noteTexts, shows.source);
	}

	/** Arms a page. Returns a promise for the moment that it stands still; it may never come. */
	async arm(page: Page, { step }: KillPoint): Promise<Promise<void>[]> {
		this.shown = [];
		const reached = new Promise<void>((resolve) => (this.#reached = resolve));
		await page.evaluate((steps) => ((window as Armed).stepsToKillPoint = steps), step);
		// In a list, since a promise would be awaited with the arming.
		return [reached];
	}
}

/** Runs in the page. Writes and finished transactions are steps. */
function countSteps(): void {
	const standStill = () => {
		void (window as Armed).killPointReached?.();
		for (;;);
	};
	const step = () => {
		const armed = window as Armed;
		if (armed.stepsToKillPoint === undefined) return;
		armed.stepsToKillPoint -= 1;
		if (armed.stepsToKillPoint === 0) standStill();
	};
	for (const name of ['add', 'put', 'delete', 'clear'] as const) {
		type Write = (this: IDBObjectStore, ...parts: unknown[]) => IDBRequest;
		const found = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, name);
		const write = found?.value as Write;
		Object.defineProperty(IDBObjectStore.prototype, name, {
			...found,
			value: function (this: IDBObjectStore, ...parts: unknown[]) {
				const request = write.apply(this, parts);
				step();
				return request;
			}
		});
	}
	type Begin = (this: IDBDatabase, ...parts: unknown[]) => IDBTransaction;
	const found = Object.getOwnPropertyDescriptor(IDBDatabase.prototype, 'transaction');
	const begin = found?.value as Begin;
	Object.defineProperty(IDBDatabase.prototype, 'transaction', {
		...found,
		value: function (this: IDBDatabase, ...parts: unknown[]) {
			const transaction = begin.apply(this, parts);
			if (transaction.mode === 'readwrite') transaction.addEventListener('complete', step);
			return transaction;
		}
	});
}

/** Runs in the page. */
function noteTexts(source: string): void {
	const shows = new RegExp(source);
	const noted = new Set<string>();
	const look = () => {
		const text = shows.exec(document.body.innerText)?.[0];
		if (text === undefined || noted.has(text)) return;
		noted.add(text);
		void (window as Armed).noteShown?.(text);
	};
	addEventListener('DOMContentLoaded', () => {
		new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
	});
}
