import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelSheet, labelSheets, type LabelSheet } from './label-sheets.ts';
import { sampleJob } from '../testing/sample-job.ts';
import { areaOrigin, cardsOnPage, labelPlace, stickerPageCount } from './stickers.ts';

const l7160 = labelSheet('L7160') as LabelSheet;

describe('labelPlace', () => {
	it('starts at the first free label, row by row', () => {
		const { x, y } = labelPlace(l7160, 5, 0);
		expect([x, y]).toEqual([7.21 + 66.04, 15.15 + 38.1]);
	});

	it('leaves labels free on the first page only', () => {
		expect(labelPlace(l7160, 21, 0)).toMatchObject({ page: 0 });
		expect(labelPlace(l7160, 21, 1)).toEqual({ page: 1, x: 7.21, y: 15.15 });
	});

	it('takes a start that no sheet has as the nearest one that it has', () => {
		expect(labelPlace(l7160, 0, 0)).toEqual(labelPlace(l7160, 1, 0));
		expect(labelPlace(l7160, Number.NaN, 0)).toEqual(labelPlace(l7160, 1, 0));
		expect(labelPlace(l7160, 99, 0)).toEqual(labelPlace(l7160, 21, 0));
	});

	it('never puts two cards on one label, and none off the paper', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...labelSheets),
				fc.integer({ min: 1, max: 65 }),
				fc.integer({ min: 1, max: 200 }),
				(sheet, start, count) => {
					const places = Array.from({ length: count }, (_, i) => labelPlace(sheet, start, i));
					expect(new Set(places.map(({ page, x, y }) => `${page} ${x} ${y}`)).size).toBe(count);
					for (const { x, y } of places) {
						expect(x + sheet.w).toBeLessThanOrEqual(210.01);
						expect(y + sheet.h).toBeLessThanOrEqual(297);
					}
				}
			)
		);
	});
});

describe('cardsOnPage', () => {
	it('gives every card to the page that it is placed on', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...labelSheets),
				fc.integer({ min: 1, max: 65 }),
				fc.integer({ min: 0, max: 200 }),
				(sheet, start, count) => {
					const pages = stickerPageCount(sheet, start, count);
					const dealt = Array.from({ length: pages }, (_, page) =>
						cardsOnPage(sheet, start, count, page).map((index) => {
							expect(labelPlace(sheet, start, index).page).toBe(page);
							return index;
						})
					).flat();
					expect(dealt).toEqual(Array.from({ length: count }, (_, i) => i));
				}
			)
		);
	});
});

describe('areaOrigin', () => {
	it('moves with the calibration offset', () => {
		const job = { ...sampleJob(1, ['word'], []), offset: { x: 1.5, y: -0.5 } };
		const { x, y } = areaOrigin(l7160, labelPlace(l7160, 1, 0), job);
		expect(x).toBeCloseTo(7.21 + 2 + 1.5);
		expect(y).toBeCloseTo(15.15 + 2 - 0.5);
	});
});
