/** What `listen` needs of an EventSource. */
export type LiveSource = Pick<EventSource, 'addEventListener' | 'close' | 'readyState'>;

export interface LiveOptions {
	readonly locks: LockManager;
	/** Of the lock: one tab of a browser listens for all of them. */
	readonly name: string;
	readonly open: () => LiveSource;
	readonly poke: () => void;
	/** Answers how to call it off. */
	readonly after: (milliseconds: number, work: () => void) => () => void;
}

const closed = 2;
/** Milliseconds until a connection that ended for good (nobody signed in) is tried again. */
const reopenAfter = 60_000;

/** Hears from the endpoint when there is something new. Answers how to stop. */
export function listen({ locks, name, open, poke, after }: LiveOptions): () => void {
	const stopping = new AbortController();
	const stopped = new Promise<void>((resolve) => {
		stopping.signal.addEventListener('abort', () => resolve());
	});
	let source: LiveSource | null = null;
	let callOff = () => {};
	const connect = () => {
		source?.close();
		source = open();
		source.addEventListener('message', poke);
		// After a break something may have been missed.
		source.addEventListener('open', poke);
		source.addEventListener('error', () => {
			// Until it is closed, the browser comes back by itself.
			if (source?.readyState !== closed) return;
			// It ends with the session, of which the next question tells more.
			poke();
			callOff();
			callOff = after(reopenAfter, connect);
		});
	};
	void locks
		.request(name, { signal: stopping.signal }, () => {
			connect();
			return stopped;
		})
		.catch(() => undefined);
	return () => {
		stopping.abort();
		callOff();
		source?.close();
	};
}
