import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBelgianNumber } from './belgian-numbers.ts';
import { isBsn, isOnderwijsnummer } from './dutch-numbers.ts';
import { isPlausible, readNationalNumber } from './national-number.ts';
import { isBrin, isInstellingsnummer, isSchoolNumber } from './school-number.ts';

describe('Dutch numbers', () => {
	it('takes a BSN that passes the eleven test', () => {
		expect(isBsn('269326728')).toBe(true);
		expect(isBsn('111222333')).toBe(true);
		expect(['269326729', '000000000', '26932672', '2693267281', 'abcdefghi'].some(isBsn)).toBe(
			false
		);
	});

	it('takes an onderwijsnummer, and never the same number as a BSN', () => {
		// 9·1 + 8·0 + … : the last digit that leaves 5.
		const valid = Array.from({ length: 10 }, (_, last) => `10000001${last}`).filter(
			isOnderwijsnummer
		);
		expect(valid).toEqual(['100000016']);
		expect(isBsn('100000016')).toBe(false);
		expect(isOnderwijsnummer('269326728')).toBe(false);
	});

	it('finds every single wrong digit in a BSN', () => {
		fc.assert(
			fc.property(fc.nat(8), fc.integer({ min: 1, max: 9 }), (place, more) => {
				const digits = [...'269326728'];
				digits[place] = String((Number(digits[place]) + more) % 10);
				expect(isBsn(digits.join(''))).toBe(false);
			})
		);
	});
});

describe('Belgian numbers', () => {
	it('reads rijksregisternummers of both centuries', () => {
		expect(readBelgianNumber('85073003328')).toEqual({
			scheme: 'rijksregister',
			birthYear: 1985,
			birthMonth: 7,
			birthDay: 30,
			sex: 'M'
		});
		expect(readBelgianNumber('17073003384')).toMatchObject({ birthYear: 2017, sex: 'M' });
	});

	it('reads BIS numbers', () => {
		expect(readBelgianNumber('98472899765')).toMatchObject({
			scheme: 'bis',
			birthYear: 1998,
			birthMonth: 7,
			birthDay: 28,
			sex: 'M'
		});
		expect(readBelgianNumber('01490700185')).toMatchObject({ scheme: 'bis', birthMonth: 9 });
	});

	it('does not know the sex of a BIS number that was given without it', () => {
		const body = '982728997';
		const check = String(97 - (Number(body) % 97)).padStart(2, '0');
		expect(readBelgianNumber(body + check)).toMatchObject({
			scheme: 'bis',
			birthMonth: 7,
			sex: null
		});
	});

	it('leaves out the month and day that the register does not know', () => {
		const body = '850000033';
		const check = String(97 - (Number(body) % 97)).padStart(2, '0');
		expect(readBelgianNumber(body + check)).toMatchObject({ birthMonth: null, birthDay: null });
	});

	it('refuses wrong check digits, days that do not exist and other lengths', () => {
		const february30 = '850230033';
		const check = String(97 - (Number(february30) % 97)).padStart(2, '0');
		const none = ['85073003329', february30 + check, '8507300332', '850730033288', ''];
		expect(none.filter((digits) => readBelgianNumber(digits))).toEqual([]);
	});
});

describe('national numbers in a file', () => {
	it('reads them as people write them', () => {
		const number = { scheme: 'rijksregister', value: '85073003328' };
		expect(readNationalNumber('85.07.30-033.28', 'BE')).toEqual(number);
		expect(readNationalNumber(' 2693.26.728 ', 'NL')).toEqual({
			scheme: 'bsn',
			value: '269326728'
		});
	});

	it('puts back the zero that a spreadsheet took off', () => {
		expect(readNationalNumber('1490700185', 'BE')).toEqual({ scheme: 'bis', value: '01490700185' });
	});

	it("knows only the school's own country", () => {
		expect(readNationalNumber('269326728', 'BE')).toBeNull();
		expect(readNationalNumber('85073003328', 'NL')).toBeNull();
		expect(readNationalNumber('onbekend', 'NL')).toBeNull();
		expect(readNationalNumber('', 'BE')).toBeNull();
		expect(readNationalNumber('0', 'NL')).toBeNull();
	});

	it('compares with birth date and sex as far as they are known', () => {
		const number = { scheme: 'rijksregister', value: '85073003328' } as const;
		expect(isPlausible(number, { birthDate: '1985-07-30', sex: 'M' })).toBe(true);
		expect(isPlausible(number, { birthDate: '1985-07-31', sex: 'M' })).toBe(false);
		expect(isPlausible(number, { birthDate: '2085-07-30' })).toBe(false);
		expect(isPlausible(number, { sex: 'V' })).toBe(false);
		expect(isPlausible(number, { sex: 'X', birthDate: null })).toBe(true);
		expect(isPlausible({ scheme: 'bsn', value: '269326728' }, { sex: 'V' })).toBe(true);
	});
});

describe('school numbers', () => {
	it('knows a BRIN and an instellingsnummer', () => {
		expect(['23AB', '23AB01'].every(isBrin)).toBe(true);
		expect(['23ab', '2AB', '23AB1', '23ABC'].some(isBrin)).toBe(false);
		expect(['12', '123456'].every(isInstellingsnummer)).toBe(true);
		expect(['1', '012', '1234567', '12A'].some(isInstellingsnummer)).toBe(false);
		expect(isSchoolNumber('23AB', 'NL')).toBe(true);
		expect(isSchoolNumber('23AB', 'BE')).toBe(false);
	});
});
