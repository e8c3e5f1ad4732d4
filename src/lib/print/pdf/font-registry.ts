import type { GlyphRun, TextEngine } from '../text/engine.ts';
import { fontKeys, type FontKey } from '../text/font-files.ts';
import { subsetTrueType } from '../text/subset.ts';
import { literal, number, utf16Hex } from './syntax.ts';

/** A stretch of a run that stands on one height. */
interface Stretch {
	/** Above the baseline, in thousandths of an em. */
	readonly rise: number;
	/** `(…)Tj` or `[…]TJ`, a byte a character. */
	readonly show: string;
}

/** The parts that a PDF needs to embed one font. */
export interface EmbeddedFont {
	readonly key: FontKey;
	readonly name: string;
	readonly subset: Uint8Array<ArrayBuffer>;
	readonly toUnicode: string;
	readonly widths: string;
	readonly descriptor: string;
}

interface UsedFont {
	/** By character code: the glyph, and the text that it stands for. */
	readonly gids: number[];
	readonly texts: string[];
	/** First code of a glyph, and the codes of the same glyph with other texts. */
	readonly codes: Map<number, number>;
	readonly others: Map<string, number>;
}

/**
 * The glyphs that a job uses, shared by all of its PDFs so that each text is encoded once. A character
 * code stands for a glyph *and* its text: what is read out of the PDF is then what was put in, also
 * where one glyph serves several characters.
 */
export class FontRegistry {
	readonly #engine: TextEngine;
	readonly #used = new Map<FontKey, UsedFont>();
	readonly #encoded = new WeakMap<GlyphRun, readonly Stretch[]>();

	constructor(engine: TextEngine) {
		this.#engine = engine;
	}

	encode(run: GlyphRun): readonly Stretch[] {
		let stretches = this.#encoded.get(run);
		if (!stretches) this.#encoded.set(run, (stretches = this.#stretches(run)));
		return stretches;
	}

	/** A blank that reads as this text: under what is drawn as a picture. */
	encodeBlank(text: string): string {
		const space = this.#engine.font(blankFont).gidOf(0x20);
		return Array.from(text, (c) => twoBytes(this.#code(blankFont, space, c))).join('');
	}

	embed(): EmbeddedFont[] {
		return fontKeys.flatMap((key) => {
			const used = this.#used.get(key);
			return used ? [this.#embed(key, used)] : [];
		});
	}

	#code(key: FontKey, gid: number, text: string): number {
		let used = this.#used.get(key);
		if (!used) {
			used = { gids: [0], texts: [''], codes: new Map(), others: new Map() };
			this.#used.set(key, used);
		}
		const code = used.codes.get(gid);
		if (code !== undefined && used.texts[code] === text) return code;
		const other = code === undefined ? undefined : used.others.get(`${gid} ${text}`);
		if (other !== undefined) return other;
		const added = used.gids.push(gid) - 1;
		used.texts.push(text);
		if (code === undefined) used.codes.set(gid, added);
		else used.others.set(`${gid} ${text}`, added);
		return added;
	}

	#stretches(run: GlyphRun): Stretch[] {
		const font = this.#engine.font(run.font);
		const scale = 1000 / font.unitsPerEm;
		const stretches: Stretch[] = [];
		let rise = 0;
		let parts: (string | number)[] = [];
		let shift = 0;
		const flush = () => {
			if (parts.length > 0) stretches.push({ rise, show: show(parts) });
			parts = [];
		};
		run.gids.forEach((gid, i) => {
			const [dx, dy] = [run.dx[i] ?? 0, run.dy[i] ?? 0];
			if (dy !== rise) flush();
			rise = dy;
			if (shift + dx !== 0) parts.push(-(shift + dx));
			const code = twoBytes(this.#code(run.font, gid, run.texts[i] ?? ''));
			if (typeof parts.at(-1) === 'string') parts.push((parts.pop() as string) + code);
			else parts.push(code);
			shift = (run.advances[i] ?? 0) - font.advanceOf(gid) * scale - dx;
		});
		// The pen must end where the run ends: another may follow.
		if (Math.abs(shift) > 0.01) parts.push(-shift);
		flush();
		return stretches;
	}

	#embed(key: FontKey, { gids, texts }: UsedFont): EmbeddedFont {
		const font = this.#engine.font(key);
		const scale = 1000 / font.unitsPerEm;
		const name = `${subsetTag(key)}+Noto-${key}`;
		const [xMin, yMin, xMax, yMax] = font.bounds.map((value) => number(value * scale));
		return {
			key,
			name,
			subset: subsetTrueType(font, gids),
			toUnicode: toUnicode(texts),
			widths: `[0[${gids.map((gid) => number(font.advanceOf(gid) * scale)).join(' ')}]]`,
			descriptor:
				`/Type/FontDescriptor/FontName/${name}/Flags 4/FontBBox[${xMin} ${yMin} ${xMax} ${yMax}]` +
				`/ItalicAngle 0/Ascent ${number(font.ascent * scale)}/Descent ${number(font.descent * scale)}` +
				'/CapHeight 714/StemV 90'
		};
	}
}

/** The font whose space lies under text that is drawn as a picture. */
export const blankFont: FontKey = 'latin-regular';

function twoBytes(code: number): string {
	return String.fromCharCode(code >> 8, code & 255);
}

function show(parts: readonly (string | number)[]): string {
	if (parts.length === 1 && typeof parts[0] === 'string') return `${literal(parts[0])}Tj`;
	return `[${parts.map((part) => (typeof part === 'string' ? literal(part) : number(part))).join('')}]TJ`;
}

/** Six capitals, as PDF asks of a subset. */
function subsetTag(key: FontKey): string {
	const letters = key.toUpperCase().replace(/[^A-Z]/g, '');
	return `${letters}SUBSET`.slice(0, 6);
}

function toUnicode(texts: readonly string[]): string {
	const entries = texts.flatMap((text, code) =>
		text ? [`<${code.toString(16).padStart(4, '0')}><${utf16Hex(text)}>`] : []
	);
	let blocks = '';
	for (let i = 0; i < entries.length; i += 100) {
		const block = entries.slice(i, i + 100);
		blocks += `${block.length} beginbfchar\n${block.join('\n')}\nendbfchar\n`;
	}
	return (
		'/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n' +
		'/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n' +
		'/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n' +
		`1 begincodespacerange\n<0000><ffff>\nendcodespacerange\n${blocks}` +
		'endcmap CMapName currentdict/CMap defineresource pop end end'
	);
}
