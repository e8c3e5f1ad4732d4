import { addDays, daysBetween, schoolYearEnd } from '#lib/domain/kernel/dates.ts';
import type { Instant, IsoDate } from '#lib/domain/kernel/ids.ts';

/** The dates of the story, all of them before `today`. */
export interface Calendar {
	readonly today: IsoDate;
	/** The school and its first import: a year ago at least, and in the school year before this one. */
	readonly start: IsoDate;
	/** When the file of this school year came in, in the week before it began. */
	readonly newYear: IsoDate;
	/** When a third file brought who moved and who left; in this school year if that is old enough. */
	readonly midYear: IsoDate;
	/** First and last day of this school year. */
	readonly yearStart: IsoDate;
	readonly yearEnd: IsoDate;
}

const yearEndDay = '08-31';

export function calendarFor(today: IsoDate): Calendar {
	const yearEnd = schoolYearEnd(today, yearEndDay);
	const yearStart = `${Number(yearEnd.slice(0, 4)) - 1}-09-01`;
	const past = daysBetween(yearStart, today);
	return {
		today,
		start: schoolDay(addDays(today, -Math.max(350, past + 85))),
		newYear: schoolDay(addDays(yearStart, -8)),
		midYear: schoolDay(addDays(today, -midYearDaysAgo(past))),
		yearStart,
		yearEnd
	};
}

/** Not within a month of a new school year, nor in the last month. */
function midYearDaysAgo(past: number): number {
	if (past >= 150 || past < 60) return past < 60 ? 160 : 120;
	return past >= 90 ? 60 : 160;
}

/** The day itself, or the Friday before it. */
export function weekday(date: IsoDate): IsoDate {
	const day = new Date(date).getUTCDay();
	return day === 0 ? addDays(date, -2) : day === 6 ? addDays(date, -1) : date;
}

/**
 * Tells whether the school is closed: in summer until the desk prepares the new year, and at
 * Christmas.
 */
export function isHoliday(date: IsoDate): boolean {
	const day = date.slice(5);
	return (day > '07-04' && day < '08-20') || day > '12-23' || day < '01-04';
}

/** The day itself, or the last one before it on which the school was open. */
export function schoolDay(date: IsoDate): IsoDate {
	const day = weekday(date);
	return isHoliday(day) ? schoolDay(addDays(day, -1)) : day;
}

/** A moment of a day; whole minutes after midnight UTC, and seconds. */
export function momentOn(date: IsoDate, minutes: number, seconds = 0): Instant {
	return new Date(Date.parse(date) + (minutes * 60 + seconds) * 1000).toISOString();
}
