import type { CodeReader, StartReader } from './code-reader.ts';

/**
 * The first of some readers that this browser can run. One that gives up half-way (a detector whose
 * service was never installed, say) is left for the next, and the same picture is tried with that.
 */
export function bestReader(ways: readonly StartReader[]): CodeReader {
	const left = [...ways];
	let current: Promise<CodeReader> | null = null;
	const start = async (): Promise<CodeReader> => {
		for (let way = left.shift(); way; way = left.shift()) {
			const reader = await way().catch(() => null);
			if (reader) return reader;
		}
		throw new Error('no reader of QR codes runs here');
	};
	return {
		async read(frame) {
			for (;;) {
				current ??= start();
				const reader = await current;
				try {
					return await reader.read(frame);
				} catch (error) {
					// The last one is kept: what it could not read may have been this one picture.
					if (left.length === 0) throw error;
					current = null;
				}
			}
		}
	};
}
