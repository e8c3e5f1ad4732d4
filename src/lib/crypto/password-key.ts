import type { Argon2Request, PasswordCost } from './argon2.ts';
import { toUtf8, type Bytes } from './bytes.ts';

/** design.md 2: 32 MiB, 6 passes, 4 lanes; some 0.4 s in a browser. */
export const passwordCost: PasswordCost = { memoryKiB: 32 * 1024, passes: 6, lanes: 4 };
/** Never under 19 MiB and 2 passes, whatever was stored. */
export const leastPasswordCost: PasswordCost = { memoryKiB: 19 * 1024, passes: 2, lanes: 1 };

export const passwordSaltLength = 16;

/**
 * Makes a worker from `argon2.worker.ts`. The caller makes it, because the bundler must see the URL
 * and Trusted Types its policy. Left out, the derivation runs on the calling thread.
 */
export type Argon2WorkerFactory = () => Worker;

/**
 * The AES-GCM key that a password gives, fit to wrap and unwrap. The password is taken in
 * Unicode's composed form, so that keyboards agree. Throws a RangeError under the least cost.
 */
export async function keyFromPassword(
	password: string,
	{ salt, cost }: { readonly salt: Bytes; readonly cost: PasswordCost },
	worker?: Argon2WorkerFactory
): Promise<CryptoKey> {
	const { memoryKiB, passes, lanes } = leastPasswordCost;
	if (cost.memoryKiB < memoryKiB || cost.passes < passes || cost.lanes < lanes) {
		throw new RangeError('password cost under the least');
	}
	const request = { password: toUtf8(password.normalize('NFC')), salt, cost, length: 32 };
	const hash = worker ? await inWorker(worker, request) : await here(request);
	const uses: KeyUsage[] = ['wrapKey', 'unwrapKey'];
	const key = await crypto.subtle.importKey('raw', hash, 'AES-GCM', false, uses);
	hash.fill(0);
	return key;
}

async function here(request: Argon2Request): Promise<Bytes> {
	// Loaded when used: it brings 30 kB of WebAssembly.
	const { computeArgon2id } = await import('./argon2.ts');
	return computeArgon2id(request);
}

/** A worker each time: a sign-in is rare, and ending it returns its 32 MiB. */
async function inWorker(factory: Argon2WorkerFactory, request: Argon2Request): Promise<Bytes> {
	const worker = factory();
	try {
		return await new Promise((resolve, reject) => {
			worker.onmessage = ({ data }: MessageEvent<{ hash?: Bytes; error?: string }>) => {
				if (data.hash) resolve(data.hash);
				else reject(new Error(data.error));
			};
			worker.onerror = (event) => reject(new Error(event.message || 'argon2 worker failed'));
			worker.postMessage(request);
		});
	} finally {
		worker.terminate();
	}
}
