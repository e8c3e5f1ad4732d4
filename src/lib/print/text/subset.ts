import { readComponents } from './outline.ts';
import type { TrueType } from './true-type.ts';

/**
 * A font with only these glyphs, renumbered in this order (the first must be 0, `.notdef`), as a PDF
 * embeds it: outlines and metrics, no character map. A glyph may stand in it twice.
 */
export function subsetTrueType(font: TrueType, gids: readonly number[]): Uint8Array<ArrayBuffer> {
	const wanted = [...gids];
	const newGid = new Map<number, number>();
	wanted.forEach((gid, i) => newGid.set(gid, i));
	const numberOf = (gid: number) => {
		let found = newGid.get(gid);
		if (found === undefined) newGid.set(gid, (found = wanted.push(gid) - 1));
		return found;
	};
	const glyphs: Uint8Array[] = [];
	// Grows while it runs: the parts of a composite glyph are appended.
	for (let i = 0; i < wanted.length; i++) {
		const data = font.glyphData(wanted[i] ?? 0).slice();
		const view = new DataView(data.buffer);
		if (data.length > 0 && view.getInt16(0) < 0) {
			for (const { gid, gidAt } of readComponents(view)) view.setUint16(gidAt, numberOf(gid));
		}
		glyphs.push(data);
	}
	return assemble([
		['glyf', joinGlyphs(glyphs)],
		['head', headWithLongLoca(font)],
		['hhea', withUint16(font, 'hhea', 34, wanted.length)],
		['hmtx', metrics(font, wanted)],
		['loca', locations(glyphs)],
		['maxp', withUint16(font, 'maxp', 4, wanted.length)]
	]);
}

function padded(length: number): number {
	return (length + 3) & ~3;
}

function joinGlyphs(glyphs: readonly Uint8Array[]): Uint8Array {
	const joined = new Uint8Array(glyphs.reduce((sum, data) => sum + padded(data.length), 0));
	let at = 0;
	for (const data of glyphs) {
		joined.set(data, at);
		at += padded(data.length);
	}
	return joined;
}

function locations(glyphs: readonly Uint8Array[]): Uint8Array {
	const view = new DataView(new ArrayBuffer((glyphs.length + 1) * 4));
	let at = 0;
	glyphs.forEach((data, i) => view.setUint32((i + 1) * 4, (at += padded(data.length))));
	return new Uint8Array(view.buffer);
}

function metrics(font: TrueType, gids: readonly number[]): Uint8Array {
	const view = new DataView(new ArrayBuffer(gids.length * 4));
	gids.forEach((gid, i) => {
		const data = font.glyphData(gid);
		const bearing = data.length > 0 ? new DataView(data.buffer, data.byteOffset).getInt16(2) : 0;
		view.setUint16(i * 4, font.advanceOf(gid));
		view.setInt16(i * 4 + 2, bearing);
	});
	return new Uint8Array(view.buffer);
}

function withUint16(font: TrueType, tag: string, at: number, value: number): Uint8Array {
	const table = font.table(tag)?.slice() ?? new Uint8Array();
	new DataView(table.buffer).setUint16(at, value);
	return table;
}

function headWithLongLoca(font: TrueType): Uint8Array {
	return withUint16(font, 'head', 50, 1);
}

function assemble(tables: readonly (readonly [string, Uint8Array])[]): Uint8Array<ArrayBuffer> {
	const start = 12 + tables.length * 16;
	const size = tables.reduce((sum, [, data]) => sum + padded(data.length), start);
	const bytes = new Uint8Array(size);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, 0x00010000);
	view.setUint16(4, tables.length);
	const power = 2 ** Math.floor(Math.log2(tables.length));
	view.setUint16(6, power * 16);
	view.setUint16(8, Math.log2(power));
	view.setUint16(10, (tables.length - power) * 16);
	let at = start;
	tables.forEach(([tag, data], i) => {
		const entry = 12 + i * 16;
		for (let n = 0; n < 4; n++) bytes[entry + n] = tag.charCodeAt(n);
		bytes.set(data, at);
		view.setUint32(entry + 4, checksum(view, at, padded(data.length)));
		view.setUint32(entry + 8, at);
		view.setUint32(entry + 12, data.length);
		at += padded(data.length);
	});
	return bytes;
}

function checksum(view: DataView, at: number, length: number): number {
	let sum = 0;
	for (let i = 0; i < length; i += 4) sum = (sum + view.getUint32(at + i)) >>> 0;
	return sum;
}
