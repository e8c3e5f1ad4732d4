import { describe, expect, it } from 'vitest';
import { picturePaths } from '#lib/domain/credentials/picture-paths.ts';
import { pictureNames } from '#lib/domain/credentials/pictures.ts';
import { pictureLabel } from './picture-name.ts';

describe('the pictures of image passwords', () => {
	it('are forty, each with a path and a name of its own in every language', () => {
		expect(new Set(pictureNames).size).toBe(40);
		for (const locale of ['nl', 'en'] as const) {
			const labels = pictureNames.map((name) => pictureLabel(name, locale));
			expect(new Set(labels).size).toBe(40);
			for (const label of labels) expect(label).toMatch(/^[\p{Ll} ]+$/u);
		}
		expect(Object.keys(picturePaths).sort()).toEqual([...pictureNames].sort());
	});

	it('are drawn with what SVG and PDF share, within their square but for control points', () => {
		for (const { viewBox, shapes } of Object.values(picturePaths)) {
			expect(shapes.length).toBeGreaterThan(0);
			for (const { fill, d } of shapes) {
				expect(fill).toMatch(/^#[0-9a-f]{6}$/);
				expect(d).toMatch(/^M[-\d. MLCZ]+$/);
				for (const value of d.match(/-?[\d.]+/g) ?? []) {
					expect(Number(value)).toBeGreaterThan(-3);
					expect(Number(value)).toBeLessThan(viewBox + 3);
				}
			}
		}
	});

	it('keep a name that this version does not know', () => {
		expect(pictureLabel('unicorn', 'nl')).toBe('unicorn');
	});
});
