import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';

/** The worker's answer to each picture. */
export type ScanReply = { readonly text: string | null } | { readonly failed: string };

export type ScanFailure =
	/** The scanner was disposed of meanwhile. */
	| { readonly code: 'cancelled' }
	/** A bug, or a worker that the browser ended. */
	| { readonly code: 'failed'; readonly detail: string };

/** The scan room, seen from the page. Never rejects. */
export interface CodeScanner {
	/**
	 * The text of the QR code nearest a picture's middle; null: none can be read. One picture at a
	 * time: ask again once this is done. The picture is taken over and let go of.
	 */
	read(picture: ImageBitmap): Promise<Result<string | null, ScanFailure>>;
	/** Ends the worker; a request that waits fails with `cancelled`. */
	dispose(): void;
}

/**
 * @param workerFactory Starts `scan.worker.ts` as a module worker. Handed in, because under Trusted
 * Types only the client's policy may make a worker's address.
 */
export function createScanner(workerFactory: () => Worker): CodeScanner {
	return new WorkerScanner(workerFactory);
}

type Settle = (answer: Result<string | null, ScanFailure>) => void;

class WorkerScanner implements CodeScanner {
	readonly #start: () => Worker;
	#worker: Worker | null = null;
	#settle: Settle | null = null;

	constructor(workerFactory: () => Worker) {
		this.#start = workerFactory;
	}

	read(picture: ImageBitmap): Promise<Result<string | null, ScanFailure>> {
		if (this.#settle) throw new Error('one picture at a time');
		return new Promise((resolve) => {
			this.#settle = resolve;
			try {
				this.#worker ??= this.#startWorker();
				this.#worker.postMessage(picture, [picture]);
			} catch (error) {
				this.#broken(String(error));
			}
		});
	}

	dispose(): void {
		this.#stop();
		this.#answer(refuse({ code: 'cancelled' }));
	}

	#startWorker(): Worker {
		const worker = this.#start();
		worker.onmessage = ({ data }: MessageEvent<ScanReply>) =>
			this.#answer(
				'failed' in data ? refuse({ code: 'failed', detail: data.failed }) : ok(data.text)
			);
		worker.onerror = (event) => this.#broken(event.message);
		worker.onmessageerror = () => this.#broken('messageerror');
		return worker;
	}

	#broken(detail: string): void {
		this.#stop();
		this.#answer(refuse({ code: 'failed', detail }));
	}

	#answer(answer: Result<string | null, ScanFailure>): void {
		const settle = this.#settle;
		this.#settle = null;
		settle?.(answer);
	}

	#stop(): void {
		this.#worker?.terminate();
		this.#worker = null;
	}
}
