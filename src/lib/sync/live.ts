export interface LiveOptions {
	readonly locks: LockManager;
	/** Of the lock: one tab of a browser listens for all of them. */
	readonly name: string;
	/** Asks for the stream (`GET /api/live`). An EventSource could not bring the key of a session. */
	readonly open: (signal: AbortSignal) => Promise<Response>;
	readonly poke: () => void;
	/** From 0 up to 1. */
	readonly random: () => number;
	/** Returns how to call it off. */
	readonly after: (milliseconds: number, work: () => void) => () => void;
}

/** Milliseconds until a connection that was cut is opened again; doubling while it cannot be. */
const reopenSoon = 3_000;
/** The same for one that was refused (nobody signed in), and at most. */
const reopenLater = 60_000;

/** Hears from the server when there is something new. Returns how to stop. */
export function listen(options: LiveOptions): () => void {
	const stopping = new AbortController();
	const { signal } = stopping;
	void options.locks
		.request(options.name, { signal }, () => keepHearing(options, signal))
		.catch(() => undefined);
	return () => stopping.abort();
}

/** Until it is stopped. */
async function keepHearing(options: LiveOptions, signal: AbortSignal): Promise<void> {
	const { poke, random, after } = options;
	for (let failures = 0; !signal.aborted; failures++) {
		const heard = await hear(options, signal);
		if (signal.aborted) return;
		// It ends with the session, of which the next question tells more.
		if (heard === 'refused') poke();
		if (heard === 'cut') failures = 0;
		const soon = reopenSoon * 2 ** failures * (1 - random() / 2);
		await pause(heard === 'refused' ? reopenLater : Math.min(soon, reopenLater), after, signal);
	}
}

/** Returns how it ended: before anything was heard (`unreached`, `refused`), or after (`cut`). */
async function hear(
	{ open, poke }: LiveOptions,
	signal: AbortSignal
): Promise<'unreached' | 'refused' | 'cut'> {
	const response = await open(signal).catch(() => null);
	if (!response) return 'unreached';
	const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
	if (!response.ok || !isStream || !response.body) {
		await response.body?.cancel().catch(() => undefined);
		return 'refused';
	}
	// Something may have been missed until now.
	poke();
	await followEvents(response.body, poke).catch(() => undefined);
	return 'cut';
}

/**
 * Calls back for each event with data. Its content does not matter: a device that is poked asks.
 */
async function followEvents(body: ReadableStream<Uint8Array>, poke: () => void): Promise<void> {
	const reader = body.getReader();
	const decoder = new TextDecoder();
	for (let text = ''; ;) {
		const { done, value } = await reader.read();
		if (done) return;
		const events = (text + decoder.decode(value, { stream: true })).split('\n\n');
		text = events.pop() ?? '';
		if (events.some((event) => /^data:/m.test(event))) poke();
	}
}

/** Ends at once when it is stopped. */
function pause(
	milliseconds: number,
	after: LiveOptions['after'],
	signal: AbortSignal
): Promise<void> {
	return new Promise((resolve) => {
		const end = () => {
			callOff();
			signal.removeEventListener('abort', end);
			resolve();
		};
		const callOff = after(milliseconds, end);
		signal.addEventListener('abort', end);
	});
}
