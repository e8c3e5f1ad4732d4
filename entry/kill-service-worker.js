// Stands in for a broken service worker: removes the app's caches and then itself. It reloads
// nothing, and what people keep on their device (IndexedDB) stays.
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(removeAll()));

async function removeAll() {
	const names = await caches.keys();
	await Promise.all(names.map((name) => caches.delete(name)));
	await worker.registration.unregister();
}
