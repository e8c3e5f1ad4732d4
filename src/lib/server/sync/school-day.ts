import { passwordUndoHours } from '#lib/domain/credentials/undo-hours.ts';
import type { Instant, IsoDate } from '#lib/domain/kernel/ids.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';

const zones = { NL: 'Europe/Amsterdam', BE: 'Europe/Brussels' } as const;

/** Making one costs more than using it a thousand times. */
const days = {
	NL: dayFormat(zones.NL),
	BE: dayFormat(zones.BE)
};

function dayFormat(timeZone: string): Intl.DateTimeFormat {
	return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
}

/** The school's date at a moment, in its own time zone. A school that is being made has its first. */
export function schoolDay(state: StateReader, now: Date): IsoDate {
	for (const { country } of state.all('school')) return dayIn(country, now);
	return dayIn('BE', now);
}

/** A request asks for it with each of its mutations. */
let last = { country: 'BE' as keyof typeof days, time: 0, day: days.BE.format(0) };

function dayIn(country: keyof typeof days, now: Date): IsoDate {
	const time = now.getTime();
	if (last.country !== country || last.time !== time) {
		last = { country, time, day: days[country].format(now) };
	}
	return last.day;
}

/** Longer than any outbox waits for a connection (design.md 3). */
const longestWaitMs = 180 * 86_400_000;

/** Removals from before this moment may be forgotten. */
export function longestWaitBefore(now: Date): Instant {
	return new Date(now.getTime() - longestWaitMs).toISOString();
}

/**
 * A mutation that replaced a password before this moment can't be undone, however late an undo
 * arrives.
 */
export function lastPasswordUndoBefore(now: Date): Instant {
	return longestWaitBefore(new Date(now.getTime() - passwordUndoHours * 3_600_000));
}

/**
 * When a mutation counts as made: not in the future by the server's clock, not before the one that
 * the same device made before it, and not longer ago than an outbox may have waited.
 */
export function clampMadeAt(madeAt: Instant, last: Instant | null, now: Date): Instant {
	const latest = now.toISOString();
	const earliest = longestWaitBefore(now);
	const from = last !== null && last > earliest ? last : earliest;
	if (madeAt > latest) return latest;
	return madeAt < from ? from : madeAt;
}
