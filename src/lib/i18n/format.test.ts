import { afterEach, describe, expect, it } from 'vitest';
import {
	formatAgo,
	formatDate,
	formatList,
	formatMoment,
	formatNumber,
	formatShortDate,
	formatTime
} from './format.ts';
import { overwriteGetLocale } from './paraglide/runtime.js';

afterEach(() => overwriteGetLocale(() => 'nl'));
overwriteGetLocale(() => 'nl');

/** A moment of the device's own calendar, so that the tests hold in any time zone. */
const local = (day: number, hour: number, minute = 0): string =>
	new Date(2025, 10, day, hour, minute).toISOString();

describe('dates', () => {
	it('are written out the Dutch way', () => {
		expect(formatDate('2010-11-07')).toBe('7 november 2010');
		expect(formatShortDate('2010-11-07')).toBe('07-11-2010');
		expect(formatMoment(local(7, 14, 2))).toBe('7 november 2025 om 14:02');
		expect(formatTime(local(7, 14, 2))).toBe('14:02');
	});
	it('follow the language that was chosen', () => {
		overwriteGetLocale(() => 'en');
		expect(formatDate('2010-11-07')).toBe('7 November 2010');
		expect(formatNumber(1000.5)).toBe('1,000.5');
	});
});

describe('formatAgo', () => {
	const now = local(21, 14);
	it.each([
		[local(21, 13, 59), '1 minuut geleden'],
		[local(21, 13, 55), '5 minuten geleden'],
		[local(21, 11), '3 uur geleden'],
		[local(20, 23), 'gisteren'],
		[local(17, 9), '4 dagen geleden'],
		[local(7, 9), '7 november 2025']
	])('says of %s: %s', (instant, said) => {
		expect(formatAgo(instant, now)).toBe(said);
	});
	it('says now of this minute, and of a clock that runs ahead', () => {
		expect(formatAgo(now, now)).toBe('nu');
		expect(formatAgo(local(21, 14, 3), now)).toBe('nu');
	});
});

describe('numbers and lists', () => {
	it('are written the Dutch way', () => {
		expect(formatNumber(1000)).toBe('1.000');
		expect(formatNumber(2.5)).toBe('2,5');
		expect(formatList(['Anna', 'Bram', 'Chaimae'])).toBe('Anna, Bram en Chaimae');
	});
});
