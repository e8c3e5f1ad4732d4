import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	addDays,
	ageOn,
	compareDates,
	daysBetween,
	isMonthAndDay,
	isValidIsoDate,
	schoolYearEnd
} from './dates.ts';

const dates = fc
	.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));

describe('dates', () => {
	it('knows the days that exist', () => {
		expect(['2024-02-29', '2026-11-21', '2000-02-29'].every(isValidIsoDate)).toBe(true);
		const none = [
			'2023-02-29',
			'1900-02-29',
			'2026-13-01',
			'2026-00-10',
			'2026-04-31',
			'0000-01-01'
		];
		expect(none.filter(isValidIsoDate)).toEqual([]);
		expect(['21-11-2026', '2026-1-1', '', '2026-11-21T00:00'].filter(isValidIsoDate)).toEqual([]);
	});

	it('adds days across months, leap years and clock changes', () => {
		expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
		expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
		expect(addDays('2026-03-29', 1)).toBe('2026-03-30');
		expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
	});

	it('counts back the days it added', () => {
		fc.assert(
			fc.property(dates, fc.integer({ min: -40_000, max: 40_000 }), (date, days) => {
				const moved = addDays(date, days);
				expect(daysBetween(date, moved)).toBe(days);
				expect(Math.sign(compareDates(moved, date))).toBe(Math.sign(days));
			})
		);
	});

	it('ends the school year on the day the school set', () => {
		expect(schoolYearEnd('2026-08-31', '08-31')).toBe('2026-08-31');
		expect(schoolYearEnd('2026-09-01', '08-31')).toBe('2027-08-31');
		expect(schoolYearEnd('2026-01-10', '07-31')).toBe('2026-07-31');
		expect(schoolYearEnd('2026-08-01', '07-31')).toBe('2027-07-31');
	});

	it('takes only a school year end that every year has', () => {
		expect(['08-31', '07-31', '02-28'].every(isMonthAndDay)).toBe(true);
		expect(['02-29', '8-31', '13-01', '2026-08-31', ''].some(isMonthAndDay)).toBe(false);
	});

	it('turns a year older on the birthday itself', () => {
		expect(ageOn('2008-11-21', '2026-11-20')).toBe(17);
		expect(ageOn('2008-11-21', '2026-11-21')).toBe(18);
		expect(ageOn('2008-02-29', '2026-02-28')).toBe(17);
		expect(ageOn('2008-02-29', '2026-03-01')).toBe(18);
	});
});
