/**
 * HarfBuzz called directly. The package's own wrapper makes an object per glyph, and its start-up
 * code reads files by the environment's name, which a bundler and a strict policy both dislike.
 */
export interface HarfBuzz {
	createFont(ttf: Uint8Array): HarfBuzzFont;
}

/** Glyphs in the order in which they stand from left to right. Lengths in font units. */
export interface ShapedGlyphs {
	readonly gids: readonly number[];
	/** Index in the text (UTF-16) of the first character that the glyph stands for. */
	readonly clusters: readonly number[];
	readonly advances: readonly number[];
	readonly dx: readonly number[];
	readonly dy: readonly number[];
}

export interface HarfBuzzFont {
	/** @param ligatures Whether *fi* may become one glyph; scripts that need ligatures get them. */
	shape(text: string, rightToLeft: boolean, ligatures: boolean): ShapedGlyphs;
}

interface Exports {
	readonly memory: WebAssembly.Memory;
	__wasm_call_ctors(): void;
	malloc(size: number): number;
	hb_blob_create(at: number, size: number, mode: number, data: number, destroy: number): number;
	hb_face_create(blob: number, index: number): number;
	hb_font_create(face: number): number;
	hb_buffer_create(): number;
	hb_buffer_clear_contents(buffer: number): void;
	hb_buffer_set_cluster_level(buffer: number, level: number): void;
	hb_buffer_set_direction(buffer: number, direction: number): void;
	hb_buffer_guess_segment_properties(buffer: number): void;
	hb_buffer_add_utf16(b: number, at: number, size: number, offset: number, length: number): void;
	hb_buffer_get_length(buffer: number): number;
	hb_buffer_get_glyph_infos(buffer: number, length: number): number;
	hb_buffer_get_glyph_positions(buffer: number, length: number): number;
	hb_feature_from_string(at: number, size: number, feature: number): number;
	hb_shape(font: number, buffer: number, features: number, count: number): void;
}

const writable = 2;
const leftToRight = 4;
const rightToLeftDirection = 5;
/** Marks keep clusters of their own, so that each glyph's text is known. */
const monotoneCharacters = 1;

const featureBytes = 16;
/** Units of text that the shared buffer holds. Names are far shorter; anything longer is cut. */
const textUnits = 4096;

/** @param wasm The bytes of `harfbuzzjs/dist/harfbuzz.wasm`. */
export async function startHarfBuzz(wasm: BufferSource): Promise<HarfBuzz> {
	const memory: { current: WebAssembly.Memory | null } = { current: null };
	const { instance } = await WebAssembly.instantiate(wasm, {
		env: {
			_abort_js: () => {
				throw new Error('HarfBuzz aborted');
			},
			emscripten_resize_heap: (bytes: number) => grow(memory.current, bytes >>> 0),
			_emscripten_runtime_keepalive_clear: () => {},
			_setitimer_js: () => 0
		},
		wasi_snapshot_preview1: {
			proc_exit: () => {
				throw new Error('HarfBuzz exited');
			}
		}
	});
	const hb = instance.exports as unknown as Exports;
	memory.current = hb.memory;
	hb.__wasm_call_ctors();
	const shared = prepare(hb);
	return { createFont: (ttf) => createFont(hb, shared, ttf) };
}

function grow(memory: WebAssembly.Memory | null, bytes: number): number {
	if (!memory) return 0;
	try {
		memory.grow(Math.ceil((bytes - memory.buffer.byteLength) / 65536));
		return 1;
	} catch {
		return 0;
	}
}

interface Shared {
	readonly buffer: number;
	readonly text: number;
	readonly noLigatures: number;
}

const offFeatures = ['liga=0', 'clig=0', 'dlig=0'];

function prepare(hb: Exports): Shared {
	const buffer = hb.hb_buffer_create();
	hb.hb_buffer_set_cluster_level(buffer, monotoneCharacters);
	const text = hb.malloc(textUnits * 2);
	const noLigatures = hb.malloc(featureBytes * offFeatures.length);
	offFeatures.forEach((feature, i) => {
		const bytes = new TextEncoder().encode(feature);
		new Uint8Array(hb.memory.buffer, text).set(bytes);
		hb.hb_feature_from_string(text, bytes.length, noLigatures + i * featureBytes);
	});
	return { buffer, text, noLigatures };
}

function createFont(hb: Exports, shared: Shared, ttf: Uint8Array): HarfBuzzFont {
	const at = hb.malloc(ttf.length);
	new Uint8Array(hb.memory.buffer, at).set(ttf);
	const font = hb.hb_font_create(
		hb.hb_face_create(hb.hb_blob_create(at, ttf.length, writable, 0, 0), 0)
	);
	return {
		shape: (text, rightToLeft, ligatures) => shape(hb, shared, font, text, rightToLeft, ligatures)
	};
}

function shape(
	hb: Exports,
	{ buffer, text: at, noLigatures }: Shared,
	font: number,
	text: string,
	rightToLeft: boolean,
	ligatures: boolean
): ShapedGlyphs {
	const length = Math.min(text.length, textUnits);
	const units = new Uint16Array(hb.memory.buffer, at, length);
	for (let i = 0; i < length; i++) units[i] = text.charCodeAt(i);
	hb.hb_buffer_clear_contents(buffer);
	hb.hb_buffer_add_utf16(buffer, at, length, 0, length);
	hb.hb_buffer_set_direction(buffer, rightToLeft ? rightToLeftDirection : leftToRight);
	hb.hb_buffer_guess_segment_properties(buffer);
	hb.hb_shape(font, buffer, ligatures ? 0 : noLigatures, ligatures ? 0 : offFeatures.length);
	return readGlyphs(hb, buffer);
}

/** Both structures are 20 bytes: codepoint, mask, cluster, …; x advance, y advance, x, y, …. */
function readGlyphs(hb: Exports, buffer: number): ShapedGlyphs {
	const count = hb.hb_buffer_get_length(buffer);
	const infos = new Uint32Array(hb.memory.buffer, hb.hb_buffer_get_glyph_infos(buffer, 0));
	const places = new Int32Array(hb.memory.buffer, hb.hb_buffer_get_glyph_positions(buffer, 0));
	const glyphs = {
		gids: [] as number[],
		clusters: [] as number[],
		advances: [] as number[],
		dx: [] as number[],
		dy: [] as number[]
	};
	for (let i = 0; i < count * 5; i += 5) {
		glyphs.gids.push(infos[i] ?? 0);
		glyphs.clusters.push(infos[i + 2] ?? 0);
		glyphs.advances.push(places[i] ?? 0);
		glyphs.dx.push(places[i + 2] ?? 0);
		glyphs.dy.push(places[i + 3] ?? 0);
	}
	return glyphs;
}
