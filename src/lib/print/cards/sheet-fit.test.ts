import { describe, expect, it } from 'vitest';
import { labelSheet, labelSheets, type LabelSheet } from './label-sheets.ts';
import {
	defaultSheets,
	fittingSheets,
	labelArea,
	labelNeeds,
	sheetFits,
	templateFor,
	type CardDemand
} from './sheet-fit.ts';

const demand = (more: Partial<CardDemand>): CardDemand => ({
	passwordKinds: ['word'],
	imageLength: 0,
	longestUserName: 22,
	...more
});
const sheet = (id: string) => labelSheet(id) as LabelSheet;
const templateOn = (id: string) => {
	const area = labelArea(sheet(id));
	return templateFor(area, labelNeeds(area, 'word', 0, 22), 'nl');
};

describe('sheetFits', () => {
	it('offers every sheet for passwords in letters and usual user names', () => {
		const kinds = { passwordKinds: ['word', 'temporary'] } as const;
		expect(fittingSheets(demand(kinds), 'nl')).toEqual(labelSheets);
		expect(fittingSheets(demand(kinds), 'en')).toEqual(labelSheets);
	});

	it('does not offer the smallest labels for five pictures', () => {
		const images = demand({ passwordKinds: ['image'], imageLength: 5 });
		expect(sheetFits(sheet('L7651'), images, 'nl')).toBe(false);
		expect(sheetFits(sheet('Herma 4606'), images, 'nl')).toBe(false);
		expect(sheetFits(sheet('L4770'), images, 'nl')).toBe(true);
	});

	it('does not offer the smallest labels for the longest user names', () => {
		expect(sheetFits(sheet('L7651'), demand({ longestUserName: 64 }), 'nl')).toBe(false);
		expect(sheetFits(sheet('L7160'), demand({ longestUserName: 64 }), 'nl')).toBe(true);
	});

	it('refuses a sheet when one of several kinds does not fit', () => {
		const mixed = demand({ passwordKinds: ['word', 'image'], imageLength: 5 });
		expect(sheetFits(sheet('L7651'), mixed, 'nl')).toBe(false);
	});
});

describe('defaultSheets', () => {
	it('is three sheets that fit, the usual ones first', () => {
		const images = demand({ passwordKinds: ['word', 'image', 'temporary'], imageLength: 5 });
		expect(defaultSheets(images, 'nl').map(({ id }) => id)).toEqual(['L7160', 'L7163', 'L4770']);
	});
});

describe('templateFor', () => {
	it('drops the login address first, and never name, user name or password', () => {
		expect(templateOn('L7160')?.address).not.toBeNull();
		const smallest = templateOn('L7651');
		expect(smallest?.address).toBeNull();
		expect(smallest?.password?.box.h).toBeGreaterThan(2);
		expect(smallest?.userName.box.h).toBeGreaterThan(2);
	});

	it('keeps ink further from the edge where labels reach the paper’s edge', () => {
		expect(labelArea(sheet('Zweckform 3474'))).toEqual({ w: 60, h: 27, margin: 5 });
	});
});
