import type { IsoDate } from './ids.ts';

const isoDate = /^(\d{4})-(\d{2})-(\d{2})$/;
const dayMs = 86_400_000;

/** Tells whether a text is a date that exists, written `2026-11-21`; years 1000–9999. */
export function isValidIsoDate(text: string): boolean {
	const parts = isoDate.exec(text);
	if (!parts || text < '1000') return false;
	return isCalendarDay(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

/** Tells whether year, month (1–12) and day (1–31) make a day of the Gregorian calendar. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
	if (month < 1 || month > 12 || day < 1) return false;
	return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The date a number of days later, or earlier where it is negative. */
export function addDays(date: IsoDate, days: number): IsoDate {
	return new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
}

/** Whole days from one date to another; negative where `to` is the earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

/** For sorting: negative, zero or positive. */
export function compareDates(one: IsoDate, other: IsoDate): number {
	return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * The last day of the school year that a date lies in.
 * @param yearEnd month and day, `08-31` (VL) or `07-31` (NL): the school's `schoolYearEnd`.
 */
export function schoolYearEnd(date: IsoDate, yearEnd: string): IsoDate {
	const year = Number(date.slice(0, 4));
	const end = `${date.slice(0, 4)}-${yearEnd}`;
	return date <= end ? end : `${String(year + 1).padStart(4, '0')}-${yearEnd}`;
}

/** Tells whether a text is a month and a day that every year has: `08-31`, and never `02-29`. */
export function isMonthAndDay(text: string): boolean {
	return /^\d{2}-\d{2}$/.test(text) && isValidIsoDate(`2001-${text}`);
}

/**
 * Whole years lived. Somebody who was born on 29 February turns a year older on 1 March in common
 * years.
 */
export function ageOn(birthDate: IsoDate, today: IsoDate): number {
	const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
	return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
