import { trustedScriptUrl } from './trusted.ts';

/**
 * Starts a worker, with `import url from './x.worker.ts?worker&url'`. (`new Worker(new URL(…))` and
 * plain `?worker` start from a bare address, which the policy refuses.)
 *
 * @throws TypeError when the address is on another origin
 */
export function startWorker(address: string): Worker {
	return new Worker(trustedScriptUrl(address), { type: 'module' });
}
