/** Of use that needs no hand on the device. */
const usedEvent = 'schoolsleutel:used';
const activityEvents = ['pointerdown', 'keydown', 'wheel', 'touchstart', usedEvent] as const;
/** When somebody last did something in any tab, in ms since 1970. Says nothing about who. */
const storageKey = 'schoolsleutel.active';

/**
 * Calls `onIdle` once nobody has used any tab for so long. It compares times rather than waiting
 * for one timer, since timers stand still while a laptop's lid is closed. Returns how to stop.
 */
export function watchIdle(minutes: () => number, onIdle: () => void): () => void {
	let written = 0;
	const write = () => {
		written = Date.now();
		localStorage.setItem(storageKey, String(written));
	};
	const check = () => {
		const last = Number(localStorage.getItem(storageKey) ?? 0);
		// A time to come is as old as one long ago: the clock was put back.
		const idle = Math.abs(Date.now() - last) >= minutes() * 60_000;
		if (idle) onIdle();
		return idle;
	};
	const touch = () => {
		// The person who opens the lid may click before a timer runs: too late to count as use.
		if (!check() && Math.abs(Date.now() - written) >= 5_000) write();
	};
	write();
	for (const name of activityEvents)
		addEventListener(name, touch, { passive: true, capture: true });
	// Before anything on the page answers to the person who opens the lid.
	document.addEventListener('visibilitychange', check);
	const timer = setInterval(check, 5_000);
	return () => {
		clearInterval(timer);
		document.removeEventListener('visibilitychange', check);
		for (const name of activityEvents) removeEventListener(name, touch, { capture: true });
	};
}

/** Somebody used the app without touching it: a card was held before the camera. */
export function noteUse(): void {
	dispatchEvent(new Event(usedEvent));
}
