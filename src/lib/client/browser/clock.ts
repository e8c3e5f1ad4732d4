import type { Instant, IsoDate } from '#lib/domain/kernel/ids.ts';

/** The one place where the app reads the device's clock. */
export function now(): Instant {
	return new Date().toISOString();
}

export function secondsFromNow(seconds: number): Instant {
	return new Date(Date.now() + seconds * 1000).toISOString();
}

/** The device's calendar date where its user is. */
export function today(): IsoDate {
	const date = new Date();
	const month = String(date.getMonth() + 1).padStart(2, '0');
	return `${date.getFullYear()}-${month}-${String(date.getDate()).padStart(2, '0')}`;
}
