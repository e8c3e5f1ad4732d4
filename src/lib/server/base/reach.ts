import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Log } from './log.ts';
import { isLocal, isThroughProxy } from './place.ts';

/**
 * The way the server is reached, as its requests show it, where nobody has said at which address:
 * then it is for this machine alone, unless a proxy that was set up without `ORIGIN` stands for
 * others.
 */
export class Reach {
	readonly #log: Log;
	readonly #isNamed: boolean;
	readonly #note: string;
	#others = false;

	/**
	 * @param origin `ORIGIN`; then nothing has to be found out
	 * @param note a file that is there once others were seen: a restart forgets nobody
	 */
	constructor(
		origin: string | undefined,
		{ log, note }: { readonly log: Log; readonly note: string }
	) {
		this.#isNamed = Boolean(origin);
		this.#log = log;
		this.#note = note;
		if (!this.#isNamed && existsSync(note)) this.#found();
	}

	/** Whether others than this machine have been seen to reach the server. For good: they know the way. */
	get others(): boolean {
		return this.#others;
	}

	/** Looks at a request, and says once in the log what has to be set. */
	note(request: Request): void {
		if (this.#isNamed || this.#others || !isFromElsewhere(request)) return;
		this.#found();
		this.#keep();
	}

	#found(): void {
		this.#others = true;
		this.#log({
			where: 'origin',
			warning:
				'ORIGIN is not set, and requests come through a proxy or for another host: links in mails lead to localhost. Set ORIGIN to the address at which people reach this endpoint.'
		});
	}

	#keep(): void {
		try {
			mkdirSync(dirname(this.#note), { recursive: true });
			writeFileSync(this.#note, '');
		} catch {
			// Where nothing can be written, no mail is kept either.
		}
	}
}

function isFromElsewhere(request: Request): boolean {
	const { headers } = request;
	if (isThroughProxy(request)) return true;
	if (!isLocalHost(`http://${headers.get('host') ?? ''}`)) return true;
	// A page at another address whose own server this is: the proxy rewrote the host. A request from a
	// page of another site is refused, and says nothing of how this one is reached.
	const site = headers.get('sec-fetch-site') ?? 'same-origin';
	const origin = headers.get('origin');
	return site === 'same-origin' && origin !== null && !isLocalHost(origin);
}

function isLocalHost(address: string): boolean {
	return URL.canParse(address) && isLocal(new URL(address).hostname);
}
