/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
import { PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope;

/** Where the chunks of the version before this one stay. */
const previousCache = 'previous-version';
/** Where the words are of languages that somebody has chosen here. */
const wordsCache = 'words';

/** Words in another language than the first: `/_app/immutable/words/LANGUAGE.AREA.HASH.js`. */
const inOtherLanguage = /\/_app\/immutable\/words\/([^/.]+)\./;

const files = self.__WB_MANIFEST.map((entry) =>
	typeof entry === 'string' ? { url: entry, revision: null } : entry
);
const otherWords = files
	.map(({ url }) => new URL(url, self.location.href).href)
	.filter((url) => inOtherLanguage.test(url));
const precache = new PrecacheController();
precache.addToCacheList(files.filter(({ url }) => !inOtherLanguage.test(`/${url}`)));

self.addEventListener('install', (event) => {
	event.waitUntil(precache.install(event));
	event.waitUntil(renewWords());
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
	if (asks === 'KEEP_WORDS') {
		const { language } = asked as { readonly language: string };
		const kept = keepWords(language).then(
			() => true,
			() => false
		);
		event.waitUntil(kept.then((isKept) => event.ports[0]?.postMessage(isKept)));
	}
});

registerRoute(new PrecacheRoute(precache));
registerRoute(
	({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/_app/immutable/'),
	async ({ request }) =>
		(await caches.match(request, { cacheName: previousCache })) ??
		(await caches.match(request, { cacheName: wordsCache })) ??
		fetch(request)
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
	const current = new Set([...precache.getURLsToCacheKeys().values(), ...otherWords]);
	const to = await caches.open(previousCache);
	for (const name of [precache.strategy.cacheName, wordsCache]) {
		const from = await caches.open(name);
		const left = (await from.keys()).filter(
			({ url }) => !current.has(url) && new URL(url).pathname.startsWith('/_app/immutable/')
		);
		for (const request of left) {
			const response = await from.match(request);
			if (response) await to.put(request, response);
			if (name === wordsCache) await from.delete(request);
		}
	}
}

/**
 * Takes all words of a language onto this device, if they are not there yet: pages that nobody opened
 * here must be able to speak it without a network too.
 *
 * @throws when one of them cannot be fetched
 */
async function keepWords(language: string): Promise<void> {
	const cache = await caches.open(wordsCache);
	const kept = new Set((await cache.keys()).map(({ url }) => url));
	await cache.addAll(
		otherWords.filter((url) => inOtherLanguage.exec(url)?.[1] === language && !kept.has(url))
	);
}

/** Brings along, in this version's words, the languages that were chosen here in a version before. */
async function renewWords(): Promise<void> {
	const cache = await caches.open(wordsCache);
	const chosen = (await cache.keys()).map(({ url }) => inOtherLanguage.exec(url)?.[1]);
	for (const language of new Set(chosen)) if (language !== undefined) await keepWords(language);
}
