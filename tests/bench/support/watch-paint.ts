/** When something begins and ends, on the page's clock. */
export interface Span {
	readonly from: number;
	readonly to: number;
}

/**
 * Runs in a page: from a file being chosen until rows of a table have been painted at an address
 * that ends in `pathEnd`. Puts the promise of it in `globalThis.span`.
 */
export function watchImport(pathEnd: string): void {
	const span = new Promise<Span>((resolve) => {
		let from = 0;
		addEventListener('change', () => (from = performance.now()), { capture: true, once: true });
		const observer = new MutationObserver(() => {
			if (!location.pathname.endsWith(pathEnd)) return;
			if (!document.querySelector('[role="grid"] [role="row"][data-index]')) return;
			observer.disconnect();
			requestAnimationFrame(() => {
				// The first task after a frame's callbacks: the frame has been drawn.
				const { port1, port2 } = new MessageChannel();
				port1.onmessage = () => resolve({ from, to: performance.now() });
				port2.postMessage(null);
			});
		});
		observer.observe(document, { childList: true, subtree: true });
	});
	Object.assign(globalThis, { span });
}
