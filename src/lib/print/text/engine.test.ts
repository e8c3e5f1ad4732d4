import { beforeAll, describe, expect, it } from 'vitest';
import { nodeAssets } from '../testing/node-assets.ts';
import { sampleNames } from '../testing/sample-job.ts';
import { roughWidth } from '../layout/measures.ts';
import { TextEngine } from './engine.ts';
import { glyphOutline } from './outline.ts';
import { subsetTrueType } from './subset.ts';
import { readTrueType } from './true-type.ts';

let engine: TextEngine;

beforeAll(async () => {
	engine = await TextEngine.start(nodeAssets);
	await engine.prepare(sampleNames);
});

describe('TextEngine', () => {
	it('shapes every sample name without a missing glyph, and loses no character', () => {
		for (const name of sampleNames) {
			const { runs, width } = engine.shape(name, 'bold');
			expect(width).toBeGreaterThan(0);
			const glyphs = runs.flatMap((run) => (run.kind === 'glyphs' ? [...run.gids] : []));
			expect(glyphs).not.toContain(0);
			const said = runs
				.map((run) => (run.kind === 'glyphs' ? run.texts.join('') : run.text))
				.join('');
			expect([...said].sort()).toEqual([...name.normalize('NFC')].sort());
		}
	});

	it('joins Arabic letters', () => {
		const alone = engine.shape('ع', 'bold').runs[0];
		const joined = engine.shape('بعد', 'bold').runs[0];
		const gidOf = (run: typeof alone) =>
			run?.kind === 'glyphs' ? run.gids[run.texts.indexOf('ع')] : undefined;
		expect(gidOf(joined)).not.toBe(gidOf(alone));
	});

	it('keeps fi as two letters, so that a user name is read as it is typed', () => {
		const run = engine.shape('sofie.fiers', 'regular').runs[0];
		expect(run?.kind === 'glyphs' && run.texts).toEqual([...'sofie.fiers']);
	});

	it('gives text that none of our fonts has to the device', () => {
		expect(engine.shape('王小明', 'bold').runs.map(({ kind }) => kind)).toEqual(['raster']);
	});

	it('is as wide as the widths that layouts are planned with', () => {
		for (const weight of ['regular', 'bold'] as const) {
			const shaped = engine.shape('Tijdelijk wachtwoord', weight).width;
			expect(Math.abs(shaped - roughWidth('Tijdelijk wachtwoord', weight))).toBeLessThan(0.15);
		}
	});
});

describe('subsetTrueType', () => {
	it('keeps the outlines and widths of what it keeps, composites and their parts too', () => {
		const font = engine.font('latin-bold');
		const gids = [0, ...[...'Aéễßj'].map((c) => font.gidOf(c.codePointAt(0) ?? 0))];
		const subset = readableSubset(subsetTrueType(font, gids));
		const place = (x: number, y: number) => `${x},${y}`;
		gids.forEach((gid, i) => {
			expect(glyphOutline(subset, i, place)).toBe(glyphOutline(font, gid, place));
			expect(subset.advanceOf(i)).toBe(font.advanceOf(gid));
		});
		expect(subset.bytes.length).toBeLessThan(6000);
	});
});

/** A subset has no character map; it is read with that of the font that it came from. */
function readableSubset(bytes: Uint8Array) {
	const withMap = new Uint8Array(bytes.length + 4096);
	withMap.set(bytes);
	const view = new DataView(withMap.buffer);
	const count = view.getUint16(4);
	// The directory has no room for another table: shift the tables behind a new entry.
	const shifted = new Uint8Array(bytes.length + 16 + 4);
	shifted.set(bytes.subarray(0, 12 + count * 16));
	shifted.set(bytes.subarray(12 + count * 16), 12 + count * 16 + 16);
	const directory = new DataView(shifted.buffer);
	directory.setUint16(4, count + 1);
	for (let i = 0; i < count; i++) {
		const at = 12 + i * 16 + 8;
		directory.setUint32(at, directory.getUint32(at) + 16);
	}
	const entry = 12 + count * 16;
	[...'cmap'].forEach((c, i) => directory.setUint8(entry + i, c.charCodeAt(0)));
	directory.setUint32(entry + 8, shifted.length - 4);
	directory.setUint32(entry + 12, 4);
	return readTrueType(shifted);
}
