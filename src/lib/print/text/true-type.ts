/** A TrueType font (glyf outlines), read only as far as printing needs it. */
export interface TrueType {
	readonly bytes: Uint8Array;
	readonly unitsPerEm: number;
	readonly glyphCount: number;
	/** Font units; what the whole font reaches at most. */
	readonly ascent: number;
	readonly descent: number;
	readonly bounds: readonly [xMin: number, yMin: number, xMax: number, yMax: number];
	gidOf(codePoint: number): number;
	advanceOf(gid: number): number;
	/** The ink's lowest and highest point above the baseline; null for a blank. */
	inkOf(gid: number): readonly [bottom: number, top: number] | null;
	/** A glyph as stored in `glyf`; empty for a blank. */
	glyphData(gid: number): Uint8Array;
	table(tag: string): Uint8Array | undefined;
}

export function readTrueType(file: Uint8Array): TrueType {
	// A Node Buffer is a Uint8Array whose `slice` does not copy.
	const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const tables = readDirectory(view);
	const table = (tag: string) => {
		const found = tables.get(tag);
		return found && bytes.subarray(found.at, found.at + found.length);
	};
	const at = (tag: string) => {
		const found = tables.get(tag);
		if (!found) throw new Error(`font without ${tag}`);
		return found.at;
	};
	const [head, hhea, hmtx, loca, glyf] = [
		at('head'),
		at('hhea'),
		at('hmtx'),
		at('loca'),
		at('glyf')
	];
	const longLoca = view.getInt16(head + 50) === 1;
	const metricCount = view.getUint16(hhea + 34);
	const offsetOf = (gid: number) =>
		longLoca ? view.getUint32(loca + gid * 4) : view.getUint16(loca + gid * 2) * 2;
	const map = readCmap(view, at('cmap'));
	return {
		bytes,
		unitsPerEm: view.getUint16(head + 18),
		glyphCount: view.getUint16(at('maxp') + 4),
		ascent: view.getInt16(hhea + 4),
		descent: view.getInt16(hhea + 6),
		bounds: [36, 38, 40, 42].map((field) =>
			view.getInt16(head + field)
		) as unknown as TrueType['bounds'],
		gidOf: (codePoint) => map.get(codePoint) ?? 0,
		advanceOf: (gid) => view.getUint16(hmtx + Math.min(gid, metricCount - 1) * 4),
		inkOf: (gid) => {
			const start = offsetOf(gid);
			if (start === offsetOf(gid + 1)) return null;
			return [view.getInt16(glyf + start + 4), view.getInt16(glyf + start + 8)];
		},
		glyphData: (gid) => bytes.subarray(glyf + offsetOf(gid), glyf + offsetOf(gid + 1)),
		table
	};
}

function readDirectory(view: DataView): Map<string, { at: number; length: number }> {
	const tables = new Map<string, { at: number; length: number }>();
	for (let i = 0; i < view.getUint16(4); i++) {
		const entry = 12 + i * 16;
		const tag = String.fromCharCode(...[0, 1, 2, 3].map((n) => view.getUint8(entry + n)));
		tables.set(tag, { at: view.getUint32(entry + 8), length: view.getUint32(entry + 12) });
	}
	return tables;
}

/** Format 4 is what every font of the Basic Multilingual Plane has. */
function readCmap(view: DataView, cmap: number): ReadonlyMap<number, number> {
	const map = new Map<number, number>();
	for (let i = 0; i < view.getUint16(cmap + 2); i++) {
		const sub = cmap + view.getUint32(cmap + 8 + i * 8);
		if (view.getUint16(sub) === 4) readFormat4(view, sub, map);
	}
	return map;
}

function readFormat4(view: DataView, sub: number, map: Map<number, number>): void {
	const doubled = view.getUint16(sub + 6);
	for (let i = 0; i < doubled; i += 2) {
		const ends = sub + 14 + i;
		const starts = ends + 2 + doubled;
		const rangeAt = starts + 2 * doubled;
		const range = view.getUint16(rangeAt);
		const delta = view.getInt16(starts + doubled);
		for (let c = view.getUint16(starts); c <= view.getUint16(ends) && c < 0xffff; c++) {
			const gid = range ? view.getUint16(rangeAt + range + (c - view.getUint16(starts)) * 2) : c;
			if (gid || !range) map.set(c, (gid + delta) & 0xffff);
		}
	}
}
