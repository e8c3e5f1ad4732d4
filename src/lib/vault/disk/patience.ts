import { hasName } from './failure.ts';

/** Milliseconds between tries: some four seconds in all. */
const pauses = [50, 150, 400, 1000, 2400];

/**
 * Asks the browser for its storage until it answers. Chromium refuses with `UnknownError` while it
 * still mends its files, as after a power cut; a moment later everything is there.
 *
 * @throws the browser's last error, or at once any that no waiting helps
 */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
	for (const pause of pauses) {
		try {
			return await ask();
		} catch (error) {
			if (!isNotReady(error)) throw error;
			await new Promise((resolve) => setTimeout(resolve, pause));
		}
	}
	return ask();
}

/** Tells whether the browser has a storage that did not open; elsewhere it keeps nothing at all. */
export function isNotReady(error: unknown): boolean {
	return hasName(error, 'UnknownError');
}
