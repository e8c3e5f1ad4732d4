import { Workbox } from 'workbox-window/Workbox.js';
import { messageSW } from 'workbox-window/messageSW.js';
import { canSpeak, startSpeaking } from '#lib/i18n/page-words.ts';
import type { Language } from '#lib/domain/kernel/languages.ts';
import { trustedScriptUrl } from '../browser/trusted.ts';

/** How long the words of a language may be on their way. */
const longestAnswerMs = 20_000;

/** How often an open app asks whether there is a new version. */
const updateCheckMs = 60 * 60 * 1000;

/** Called when a new version is ready; `apply` changes over to it and reloads this page. */
export type OnUpdate = (apply: () => void) => void;

/**
 * Registers the service worker that makes the app start without a network. A new version is offered
 * through `onUpdate` and waits; this never reloads by itself. When another tab changed over, the
 * offer comes here too, and `apply` is then a plain reload.
 *
 * @param signal ends the checks for a new version
 */
export function registerServiceWorker(onUpdate: OnUpdate, signal: AbortSignal): void {
	if (!('serviceWorker' in navigator) || signal.aborted) return;
	const offer: OnUpdate = (apply) => {
		if (!signal.aborted) onUpdate(apply);
	};
	offerAfterTakeOver(offer, signal);
	void register(offer, signal);
}

async function register(onUpdate: OnUpdate, signal: AbortSignal): Promise<void> {
	try {
		const workbox = await watch(onUpdate, signal, undefined);
		checkNowAndThen(workbox, signal);
		const { active } = await navigator.serviceWorker.ready;
		active?.postMessage(keepWords(await startSpeaking()));
	} catch {
		// Without a service worker (private windows, switched off) the app still works with a network.
	}
}

/**
 * Makes sure of a language before it is chosen: with a service worker, that all its words are on this
 * device; without one, that they are within reach.
 *
 * @returns whether they are
 */
export async function readyToSpeak(language: Language): Promise<boolean> {
	const controller = 'serviceWorker' in navigator ? navigator.serviceWorker.controller : null;
	if (!controller) return canSpeak(language);
	// One that does not know the question never answers.
	const silence = new Promise((resolve) => setTimeout(resolve, longestAnswerMs));
	return (await Promise.race([messageSW(controller, keepWords(language)), silence])) === true;
}

/** Asks the service worker to have all words of a language on this device. */
function keepWords(language: Language) {
	return { type: 'KEEP_WORDS', language };
}

/**
 * Offers what waits. A `Workbox` stops looking once it saw a version that it did not ask for itself
 * (https://github.com/GoogleChrome/workbox/issues/3285), so another then looks on.
 *
 * @param offered waits already, and its user was told
 */
async function watch(
	onUpdate: OnUpdate,
	signal: AbortSignal,
	offered: ServiceWorker | undefined
): Promise<Workbox> {
	const workbox = new Workbox(trustedScriptUrl('/service-worker.js'), { updateViaCache: 'none' });
	let looksOn = true;
	const lookOn = async (isExternal: boolean | undefined, worker: ServiceWorker | undefined) => {
		if (!isExternal || !looksOn || signal.aborted) return;
		looksOn = false;
		// One that took itself away (the kill switch) stays away: registering would bring it back.
		if (!(await navigator.serviceWorker.getRegistration())) return;
		await watch(onUpdate, signal, worker).catch(() => undefined);
	};
	workbox.addEventListener('waiting', ({ sw, isExternal }) => {
		// Without a controller this is the first version: there is nothing to change over from.
		if (sw !== offered && navigator.serviceWorker.controller) onUpdate(() => takeOver(workbox, sw));
		void lookOn(isExternal, sw);
	});
	// It may never wait: another tab took it over at once, or it could not be installed.
	workbox.addEventListener('activated', ({ isExternal, sw }) => void lookOn(isExternal, sw));
	workbox.addEventListener('redundant', ({ isExternal, sw }) => void lookOn(isExternal, sw));
	await workbox.register({ immediate: true });
	return workbox;
}

function takeOver(workbox: Workbox, worker: ServiceWorker | undefined): void {
	if (worker?.state !== 'installed') {
		location.reload();
		return;
	}
	const container = navigator.serviceWorker;
	container.addEventListener('controllerchange', () => location.reload(), { once: true });
	workbox.messageSkipWaiting();
	// A version of before, come back, knows another word.
	worker.postMessage('take-over');
}

/** Another tab may change over; this one keeps running its old version until its user agrees. */
function offerAfterTakeOver(onUpdate: OnUpdate, signal: AbortSignal): void {
	const container = navigator.serviceWorker;
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

function checkNowAndThen(workbox: Workbox, signal: AbortSignal): void {
	let checkedAt = Date.now();
	const check = (): void => {
		if (document.visibilityState === 'hidden' || Date.now() - checkedAt < updateCheckMs) return;
		checkedAt = Date.now();
		workbox.update().catch(() => undefined);
	};
	const timer = setInterval(check, updateCheckMs);
	signal.addEventListener('abort', () => clearInterval(timer));
	document.addEventListener('visibilitychange', check, { signal });
}
