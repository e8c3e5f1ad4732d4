import { isCalendarDay } from '#lib/domain/kernel/dates.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';

/** How dates without a fixed order are written: 7-11-2010, or 11/7/2010. */
export type DateOrder = 'dayFirst' | 'monthFirst';

const months = [
	'januari|january|janvier|jan',
	'februari|february|fevrier|feb|fev',
	'maart|march|mars|mrt|mar',
	'april|avril|apr|avr',
	'mei|may|mai',
	'juni|june|juin|jun',
	'juli|july|juillet|jul',
	'augustus|august|aout|aug',
	'september|septembre|sept|sep',
	'oktober|october|octobre|okt|oct',
	'november|novembre|nov',
	'december|decembre|dec'
].flatMap((names, index) => names.split('|').map((name) => [name, index + 1] as const));
const monthByName = new Map<string, number>(months);

/** Dates of people now alive and of enrolments that a school may plan. */
const firstYear = 1900;
const lastYear = 2100;
/** Characters: `woensdag 30 september 2026 00:00:00.000+01:00`, and some to spare. */
const longest = 60;

/**
 * Reads a date: `2010-11-07`, `7-11-2010`, `07/11/2010`, `7.11.2010`, `20101107`, `07112010`,
 * `7 november 2010`, a time behind it allowed, and Excel's day number where the table is Excel's.
 * null: no date, or one that can be read in two ways, as with a year of two digits.
 */
export function readDate(
	text: string,
	order: DateOrder,
	{ excelNumbers }: { readonly excelNumbers: boolean } = { excelNumbers: false }
): IsoDate | null {
	const trimmed = text.trim();
	if (trimmed.length > longest) return null;
	const bare = trimmed.replace(
		/(?:T| +)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?Z|[+-]\d{2}:?\d{2})?$/,
		''
	);
	const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(bare);
	if (yearFirst) return dateOf(yearFirst[1], yearFirst[3], yearFirst[4]);
	const yearLast = /^(\d{1,2}) ?([-/. ]) ?(\d{1,2}) ?\2 ?(\d{4})$/.exec(bare);
	if (yearLast) {
		const [, first, , second, year] = yearLast;
		return order === 'dayFirst' ? dateOf(year, second, first) : dateOf(year, first, second);
	}
	if (/^\d{8}$/.test(bare)) return readEightDigits(bare);
	if (excelNumbers && /^\d{4,5}(\.\d+)?$/.test(bare)) return dateOfExcelNumber(Number(bare), false);
	return readMonthName(bare);
}

function dateOf(
	year: string | undefined,
	month: string | number | undefined,
	day: string | undefined
): IsoDate | null {
	const [y, m, d] = [Number(year), Number(month), Number(day)];
	if (y < firstYear || y > lastYear || !isCalendarDay(y, m, d)) return null;
	return `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
}

/** No eight digits are a date in both orders: the second pair would be a month of 19, 20 or 21. */
function readEightDigits(text: string): IsoDate | null {
	return (
		dateOf(text.slice(0, 4), text.slice(4, 6), text.slice(6)) ??
		dateOf(text.slice(4), text.slice(2, 4), text.slice(0, 2))
	);
}

function readMonthName(text: string): IsoDate | null {
	const plain = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
	const found =
		/^(?:[a-z]+,? )?(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4})$/.exec(plain) ??
		/^()([a-z]+)\.? (\d{1,2}), ?(\d{4})$/.exec(plain);
	if (!found) return null;
	const [, first, name, second, year] = found;
	return first
		? dateOf(second, monthByName.get(name ?? ''), first)
		: dateOf(year, monthByName.get(name ?? ''), second);
}

/**
 * The day of an Excel day number. In the system of 1900 the year has a 29 February that never was
 * (day 60); in that of 1904 day 0 is 1 January 1904. null: outside the years that make sense.
 */
export function dateOfExcelNumber(serial: number, from1904: boolean): IsoDate | null {
	const days = Math.floor(serial);
	if (!Number.isFinite(days) || days < 0 || (!from1904 && days === 60)) return null;
	// 1 January 1970 is day 25,569 of the one system and day 24,107 of the other.
	const sinceEpoch = from1904 ? days - 24_107 : days - 25_569 + (days < 60 ? 1 : 0);
	const date = new Date(sinceEpoch * 86_400_000);
	if (Number.isNaN(date.getTime())) return null;
	const year = date.getUTCFullYear();
	return year < firstYear || year > lastYear ? null : date.toISOString().slice(0, 10);
}

/**
 * Month first only where the dates prove it: at least three whose second number can be no month,
 * and none whose first number can't.
 */
export function detectDateOrder(texts: Iterable<string>): DateOrder {
	let monthFirst = 0;
	for (const text of texts) {
		const found = /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}/.exec(text);
		if (!found) continue;
		if (Number(found[1]) > 12) return 'dayFirst';
		if (Number(found[2]) > 12) monthFirst++;
	}
	return monthFirst >= 3 ? 'monthFirst' : 'dayFirst';
}
