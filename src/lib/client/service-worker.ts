import { trustedScriptUrl } from './trusted.ts';

/** How often an open app asks whether there is a new version. */
const updateCheckMs = 60 * 60 * 1000;

/** Called when a new version is ready; `apply` changes over to it and reloads this page. */
export type OnUpdate = (apply: () => void) => void;

/**
 * Registers the service worker that makes the app start without a network. A new version is offered
 * through `onUpdate` and waits; this never reloads by itself. When another tab changed over, the
 * offer comes here too, and `apply` is then a plain reload.
 *
 * @returns ends the checks for a new version
 */
export function registerServiceWorker(onUpdate: OnUpdate): () => void {
	if (!('serviceWorker' in navigator)) return () => undefined;
	const container = navigator.serviceWorker;
	const checks = new AbortController();
	offerAfterTakeOver(container, onUpdate, checks.signal);
	void register(container, onUpdate, checks.signal);
	return () => checks.abort();
}

async function register(
	container: ServiceWorkerContainer,
	onUpdate: OnUpdate,
	signal: AbortSignal
): Promise<void> {
	try {
		const registration = await container.register(trustedScriptUrl('/service-worker.js'), {
			updateViaCache: 'none'
		});
		offerWaiting(container, registration, onUpdate, signal);
		checkNowAndThen(registration, signal);
	} catch {
		// Without a service worker (private windows, switched off) the app still works with a network.
	}
}

function offerWaiting(
	container: ServiceWorkerContainer,
	registration: ServiceWorkerRegistration,
	onUpdate: OnUpdate,
	signal: AbortSignal
): void {
	const offer = (worker: ServiceWorker): void => onUpdate(() => takeOver(container, worker));
	if (registration.waiting && container.controller) offer(registration.waiting);
	const watch = (): void => {
		const installing = registration.installing;
		installing?.addEventListener('statechange', () => {
			// Without a controller this is the first version: there is nothing to change over from.
			if (installing.state === 'installed' && container.controller) offer(installing);
		});
	};
	registration.addEventListener('updatefound', watch, { signal });
	watch();
}

function takeOver(container: ServiceWorkerContainer, worker: ServiceWorker): void {
	if (worker.state === 'activated' || worker.state === 'redundant') {
		location.reload();
		return;
	}
	container.addEventListener('controllerchange', () => location.reload(), { once: true });
	worker.postMessage('take-over');
}

/** Another tab may change over; this one keeps running its old version until its user agrees. */
function offerAfterTakeOver(
	container: ServiceWorkerContainer,
	onUpdate: OnUpdate,
	signal: AbortSignal
): void {
	let controlled = container.controller !== null;
	container.addEventListener(
		'controllerchange',
		() => {
			if (controlled) onUpdate(() => location.reload());
			controlled = true;
		},
		{ signal }
	);
}

function checkNowAndThen(registration: ServiceWorkerRegistration, signal: AbortSignal): void {
	let checkedAt = Date.now();
	const check = (): void => {
		if (document.visibilityState === 'hidden' || Date.now() - checkedAt < updateCheckMs) return;
		checkedAt = Date.now();
		registration.update().catch(() => undefined);
	};
	const timer = setInterval(check, updateCheckMs);
	signal.addEventListener('abort', () => clearInterval(timer));
	document.addEventListener('visibilitychange', check, { signal });
}
