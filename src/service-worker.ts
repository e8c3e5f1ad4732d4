/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
import { PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope;

/** Where the chunks of the version before this one stay. */
const previousCache = 'previous-version';

const precache = new PrecacheController();
precache.addToCacheList(self.__WB_MANIFEST);

self.addEventListener('install', (event) => {
	event.waitUntil(precache.install(event));
});

self.addEventListener('activate', (event) => {
	event.waitUntil(takeOver(event));
});

// The new version waits until its user asks for it, see src/lib/client/app/service-worker.ts.
self.addEventListener('message', (event) => {
	const asked: unknown = event.data;
	const asks = typeof asked === 'object' && asked !== null && 'type' in asked ? asked.type : asked;
	// A page of a version before says it in a word of its own.
	if (asks === 'SKIP_WAITING' || asks === 'take-over') void self.skipWaiting();
});

registerRoute(new PrecacheRoute(precache));
registerRoute(
	({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/_app/immutable/'),
	async ({ request }) =>
		(await caches.match(request, { cacheName: previousCache })) ?? fetch(request)
);
// Every address opens the one shell, a record's deep link too. The server's answers are never kept.
registerRoute(
	new NavigationRoute(precache.createHandlerBoundToURL('/'), {
		denylist: [/^\/(?:api|healthz|readyz)(?:\/|$)/]
	})
);

async function takeOver(event: ExtendableEvent): Promise<void> {
	await keepPrevious();
	await precache.activate(event);
	// The page of the very first visit is taken along, so that what it loads later is there offline.
	await self.clients.claim();
}

/**
 * A tab that goes on in the version before may yet need a part of it that it has not loaded, and
 * that no server has any more. Hashed files never collide, so those of one version back are kept.
 */
async function keepPrevious(): Promise<void> {
	await caches.delete(previousCache);
	const [from, to] = await Promise.all([
		caches.open(precache.strategy.cacheName),
		caches.open(previousCache)
	]);
	const current = new Set(precache.getURLsToCacheKeys().values());
	const left = (await from.keys()).filter(
		({ url }) => !current.has(url) && new URL(url).pathname.startsWith('/_app/immutable/')
	);
	for (const request of left) {
		const response = await from.match(request);
		if (response) await to.put(request, response);
	}
}
