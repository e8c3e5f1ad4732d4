/** When, on the page's clock, key and table were there. */
export interface Opening {
	readonly keyAt: number;
	readonly paintedAt: number;
}

/**
 * Runs in the app's page before its own scripts: notes when the key has been derived from the
 * password (the vault then unwraps the data key), and when a table with rows has been painted.
 */
export function watchOpening(): void {
	let keyAt = 0;
	const { subtle } = crypto;
	const unwrapKey = subtle.unwrapKey.bind(subtle);
	subtle.unwrapKey = async (...args: Parameters<SubtleCrypto['unwrapKey']>) => {
		keyAt = performance.now();
		return unwrapKey(...args);
	};
	const found = new Promise<Opening>((resolve) => {
		const observer = new MutationObserver(() => {
			if (!document.querySelector('[role="grid"] [role="row"][data-index]')) return;
			observer.disconnect();
			requestAnimationFrame(() => {
				// The first task after a frame's callbacks: the frame has been drawn.
				const { port1, port2 } = new MessageChannel();
				port1.onmessage = () => resolve({ keyAt, paintedAt: performance.now() });
				port2.postMessage(null);
			});
		});
		observer.observe(document, { childList: true, subtree: true });
	});
	Object.assign(globalThis, { opening: found });
}
