import type { Browser } from '../../server/support/browser.ts';
import { fetchFrom, pathOf } from './device.ts';

/** One request to the server and what came back, as text. */
export interface Exchange {
	readonly method: string;
	readonly path: string;
	readonly request: string;
	readonly status: number;
	readonly answer: string;
}

/** The exchanges of each speaker, in order: `administrator`, … */
export type Conversations = Readonly<Record<string, readonly Exchange[]>>;

/** Writes down what a browser says to the server. */
export class Recorder {
	readonly exchanges: Exchange[] = [];
	readonly fetch: typeof fetch;

	constructor(browser: Browser) {
		const send = fetchFrom(browser);
		this.fetch = async (path, init = {}) => {
			const response = await send(path, init);
			const request = typeof init.body === 'string' ? init.body : '';
			const { status } = response;
			const answer = await response.clone().text();
			const method = init.method ?? 'GET';
			this.exchanges.push({ method, path: pathOf(path), request, status, answer });
			return response;
		};
	}
}
