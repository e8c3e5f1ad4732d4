import { languages } from '#lib/domain/kernel/languages.ts';
import { getLocale } from './paraglide/runtime.js';

function tag(): string {
	return languages[getLocale()].tag;
}

/** Making an Intl formatter costs more than using it a thousand times. */
const made = new Map<string, unknown>();
function once<Formatter>(name: string, make: (tag: string) => Formatter): Formatter {
	const key = `${tag()} ${name}`;
	const known = made.get(key) as Formatter | undefined;
	if (known) return known;
	const formatter = make(tag());
	made.set(key, formatter);
	return formatter;
}

/** `1.000`, `2,5`. */
export function formatNumber(value: number): string {
	return once('number', (locale) => new Intl.NumberFormat(locale)).format(value);
}

/** A calendar date (`2010-11-07`) in words: `7 november 2010`. */
export function formatDate(date: string): string {
	return once(
		'date',
		(locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
	).format(new Date(`${date.slice(0, 10)}T00:00:00Z`));
}

/** A calendar date (`2010-11-07`) in figures: `07-11-2010`. */
export function formatShortDate(date: string): string {
	return once(
		'short date',
		(locale) =>
			new Intl.DateTimeFormat(locale, {
				day: '2-digit',
				month: '2-digit',
				year: 'numeric',
				timeZone: 'UTC'
			})
	).format(new Date(`${date.slice(0, 10)}T00:00:00Z`));
}

/** A month (`08`) by its name: `augustus`. */
export function formatMonth(month: string): string {
	return once(
		'month',
		(locale) => new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' })
	).format(new Date(`2026-${month}-01T00:00:00Z`));
}

/** A month and day (`08-31`) in words: `31 augustus`. */
export function formatMonthDay(monthDay: string): string {
	return once(
		'month and day',
		(locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' })
	).format(new Date(`2024-${monthDay}T00:00:00Z`));
}

/** A moment (ISO 8601, UTC) as the time of the device's day: `14:02`. */
export function formatTime(instant: string): string {
	return once(
		'time',
		(locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' })
	).format(new Date(instant));
}

/** A moment as date and time of the device: `7 november 2010 om 14:02`. */
export function formatMoment(instant: string): string {
	return once(
		'moment',
		(locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' })
	).format(new Date(instant));
}

/**
 * How long ago a moment was, as seen from `now` (both ISO 8601): `nu`, `5 minuten geleden`,
 * `3 uur geleden`, `gisteren`, `4 dagen geleden`; after a week the date.
 */
export function formatAgo(instant: string, now: string): string {
	const relative = once(
		'ago',
		(locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
	);
	const minutes = Math.round((Date.parse(instant) - Date.parse(now)) / 60_000);
	if (minutes > -1) return relative.format(0, 'second');
	if (minutes > -60) return relative.format(minutes, 'minute');
	const days = dayNumber(instant) - dayNumber(now);
	if (days === 0) return relative.format(Math.ceil(minutes / 60), 'hour');
	if (days > -7) return relative.format(days, 'day');
	return once('day', (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long' })).format(
		new Date(instant)
	);
}

/** The day of a moment, as seen from `now`: `vandaag`, `gisteren`, `woensdag 18 november 2026`. */
export function formatDay(instant: string, now: string): string {
	const days = dayNumber(instant) - dayNumber(now);
	if (days === 0 || days === -1) {
		return once('ago', (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })).format(
			days,
			'day'
		);
	}
	return once(
		'full day',
		(locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'full' })
	).format(new Date(instant));
}

/** Days of the device's calendar, counted from some day. */
function dayNumber(instant: string): number {
	const at = new Date(instant);
	return Math.round(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / 86_400_000);
}

/** `Anna, Bram en Chaimae`. */
export function formatList(words: readonly string[]): string {
	return once('list', (locale) => new Intl.ListFormat(locale, { type: 'conjunction' })).format(
		words
	);
}
