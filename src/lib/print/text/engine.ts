import {
	fontOfScript,
	type FontChoice,
	type FontKey,
	type PrintAssets,
	type Raster,
	type Weight
} from './font-files.ts';
import { startHarfBuzz, type HarfBuzz, type HarfBuzzFont } from './harfbuzz.ts';
import { itemise, printable, type Item } from './itemise.ts';
import { readTrueType, type TrueType } from './true-type.ts';

/** Glyphs of one font. Lengths in thousandths of an em, as PDF has them. */
export interface GlyphRun {
	readonly kind: 'glyphs';
	readonly font: FontKey;
	readonly text: string;
	readonly gids: readonly number[];
	/** The text that each glyph stands for; '' where another glyph of its cluster says it. */
	readonly texts: readonly string[];
	readonly advances: readonly number[];
	readonly dx: readonly number[];
	readonly dy: readonly number[];
	readonly width: number;
}

/** Text that only the device can draw. */
export interface RasterRun {
	readonly kind: 'raster';
	readonly text: string;
	readonly raster: Raster;
	readonly width: number;
}

export type Run = GlyphRun | RasterRun;

/** A text ready to be placed, its runs from left to right. Lengths in em; the baseline is 0, y up. */
export interface ShapedText {
	readonly text: string;
	readonly runs: readonly Run[];
	readonly width: number;
	/** The ink's highest and lowest point. */
	readonly top: number;
	readonly bottom: number;
}

interface LoadedFont {
	readonly file: TrueType;
	readonly shaper: HarfBuzzFont;
	/** Thousandths of an em per font unit. */
	readonly scale: number;
}

/** Shapes texts with our fonts, and with the device's where ours have no glyph. */
export class TextEngine {
	readonly #assets: PrintAssets;
	readonly #harfBuzz: HarfBuzz;
	readonly #fonts = new Map<FontKey, LoadedFont>();
	readonly #shaped = {
		regular: new Map<string, ShapedText>(),
		bold: new Map<string, ShapedText>()
	};

	private constructor(assets: PrintAssets, harfBuzz: HarfBuzz) {
		this.#assets = assets;
		this.#harfBuzz = harfBuzz;
	}

	static async start(assets: PrintAssets): Promise<TextEngine> {
		const engine = new TextEngine(assets, await startHarfBuzz(await assets.harfBuzz()));
		await Promise.all([engine.#load('latin-regular'), engine.#load('latin-bold')]);
		return engine;
	}

	/** Loads the fonts that these texts need. Must be awaited before `shape` sees them. */
	async prepare(texts: Iterable<string>): Promise<void> {
		const needed = new Set<FontKey>();
		for (const text of texts) {
			if (/^[\u0000-\u052f\u1e00-\u1fff\u2000-\u206f]*$/.test(text)) continue;
			for (const character of text) needed.add(fontOfScript(character.codePointAt(0) ?? 0, 'bold'));
		}
		await Promise.all([...needed].map((key) => this.#load(key)));
	}

	font(key: FontKey): TrueType {
		return this.#loaded(key).file;
	}

	shape(text: string, weight: Weight): ShapedText {
		const known = this.#shaped[weight].get(text);
		if (known) return known;
		const shown = printable(text);
		const items = itemise(shown, weight, (font, codePoint) => this.#covers(font, codePoint));
		const runs = items.map((item) => this.#run(item, weight));
		const ink = runs.map((run) => this.#inkOf(run));
		const shaped: ShapedText = {
			text: shown,
			runs,
			width: runs.reduce((sum, run) => sum + run.width, 0) / 1000,
			top: Math.max(0, ...ink.map(([, top]) => top)) / 1000,
			bottom: Math.min(0, ...ink.map(([bottom]) => bottom)) / 1000
		};
		this.#shaped[weight].set(text, shaped);
		return shaped;
	}

	/** Forgets what was shaped; a new job has other names. */
	forget(): void {
		this.#shaped.regular.clear();
		this.#shaped.bold.clear();
	}

	async #load(key: FontKey): Promise<void> {
		if (this.#fonts.has(key)) return;
		const file = readTrueType(await this.#assets.font(key));
		const shaper = this.#harfBuzz.createFont(file.bytes);
		this.#fonts.set(key, { file, shaper, scale: 1000 / file.unitsPerEm });
	}

	#loaded(key: FontKey): LoadedFont {
		const font = this.#fonts.get(key);
		if (!font) throw new Error(`${key} was not prepared`);
		return font;
	}

	#covers(font: FontChoice, codePoint: number): boolean {
		return font !== 'device' && (this.#fonts.get(font)?.file.gidOf(codePoint) ?? 0) !== 0;
	}

	#run(item: Item, weight: Weight): Run {
		if (item.font === 'device') {
			const raster = this.#assets.rasterize(item.text, weight);
			const width = (raster.advance / raster.pixelsPerEm) * 1000;
			return { kind: 'raster', text: item.text, raster, width };
		}
		const { shaper, scale } = this.#loaded(item.font);
		const latin = item.font.startsWith('latin');
		const glyphs = shaper.shape(item.text, item.rightToLeft, !latin);
		const scaled = (values: readonly number[]) =>
			scale === 1 ? values : values.map((value) => value * scale);
		const advances = scaled(glyphs.advances);
		return {
			kind: 'glyphs',
			font: item.font,
			text: item.text,
			gids: glyphs.gids,
			texts: textsOfGlyphs(item.text, glyphs.clusters, glyphs.advances),
			advances,
			dx: scaled(glyphs.dx),
			dy: scaled(glyphs.dy),
			width: advances.reduce((sum, advance) => sum + advance, 0)
		};
	}

	#inkOf(run: Run): readonly [bottom: number, top: number] {
		if (run.kind === 'raster') {
			const { baseline, rows, pixelsPerEm } = run.raster;
			return [((baseline - rows) / pixelsPerEm) * 1000, (baseline / pixelsPerEm) * 1000];
		}
		const { file, scale } = this.#loaded(run.font);
		let [bottom, top] = [0, 0];
		run.gids.forEach((gid, i) => {
			const ink = file.inkOf(gid);
			if (!ink) return;
			bottom = Math.min(bottom, ink[0] * scale + (run.dy[i] ?? 0));
			top = Math.max(top, ink[1] * scale + (run.dy[i] ?? 0));
		});
		return [bottom, top];
	}
}

/** Gives each cluster's characters to its widest glyph. */
function textsOfGlyphs(
	text: string,
	clusters: readonly number[],
	advances: readonly number[]
): string[] {
	if (clusters.length === text.length && clusters.every((cluster, i) => cluster === i)) {
		return text.split('');
	}
	const starts = [...new Set(clusters)].sort((a, b) => a - b);
	const endOf = new Map(starts.map((start, i) => [start, starts[i + 1] ?? text.length]));
	const speaker = new Map<number, number>();
	clusters.forEach((cluster, i) => {
		const before = speaker.get(cluster);
		if (before === undefined || (advances[i] ?? 0) > (advances[before] ?? 0))
			speaker.set(cluster, i);
	});
	return clusters.map((cluster, i) =>
		speaker.get(cluster) === i ? text.slice(cluster, endOf.get(cluster)) : ''
	);
}
