/** The fonts that come with the app: `fonts/KEY.ttf`. */
export const fontKeys = [
	'latin-regular',
	'latin-bold',
	'arabic',
	'armenian',
	'bengali',
	'devanagari',
	'ethiopic',
	'georgian',
	'hebrew',
	'tamil',
	'thai'
] as const;

export type FontKey = (typeof fontKeys)[number];

export type Weight = 'regular' | 'bold';

/** Which font draws a stretch of text; `device`: none of ours has it. */
export type FontChoice = FontKey | 'device';

/** [first code point, last, font]. The Latin fonts hold Greek and Cyrillic as well. */
const blocks: readonly (readonly [number, number, FontKey])[] = [
	[0x0530, 0x058f, 'armenian'],
	[0x0590, 0x05ff, 'hebrew'],
	[0x0600, 0x06ff, 'arabic'],
	[0x0750, 0x077f, 'arabic'],
	[0x0900, 0x097f, 'devanagari'],
	[0x0980, 0x09ff, 'bengali'],
	[0x0b80, 0x0bff, 'tamil'],
	[0x0e00, 0x0e7f, 'thai'],
	[0x10a0, 0x10ff, 'georgian'],
	[0x1200, 0x137f, 'ethiopic'],
	[0x1c90, 0x1cbf, 'georgian']
];

/** The font whose script this code point belongs to; whether the glyph is in it is another matter. */
export function fontOfScript(codePoint: number, weight: Weight): FontKey {
	const block = blocks.find(([first, last]) => codePoint >= first && codePoint <= last);
	return block ? block[2] : weight === 'bold' ? 'latin-bold' : 'latin-regular';
}

/** The files that printing reads from outside, precached with the app. */
export interface PrintAssets {
	/** A font, as TrueType. */
	font(key: FontKey): Promise<Uint8Array>;
	/** `harfbuzzjs/dist/harfbuzz.wasm`. */
	harfBuzz(): Promise<BufferSource>;
	/** Draws text that none of our fonts has, with the device's fonts. */
	rasterize(text: string, weight: Weight): Raster;
}

/** Text as a picture of one bit per pixel; rows padded to whole bytes, 1 is ink. */
export interface Raster {
	readonly bits: Uint8Array<ArrayBuffer>;
	readonly columns: number;
	readonly rows: number;
	/** Pixels per em. */
	readonly pixelsPerEm: number;
	/** Pixels from the top row to the baseline. */
	readonly baseline: number;
	/** How far the pen moves, in pixels. */
	readonly advance: number;
}
