import { Inflate } from 'fflate';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import { crc32 } from './crc32.ts';
import { limits } from '../text/limits.ts';

export interface ZipEntry {
	readonly name: string;
	readonly compressedSize: number;
	/** As declared; what comes out is counted anyway. */
	readonly size: number;
	readonly crc: number;
	readonly stored: boolean;
	readonly encrypted: boolean;
	/** Where its local header stands. */
	readonly offset: number;
}

/** How many bytes may still come out of a file, all entries together. */
export interface ExpandBudget {
	left: number;
}

export type ZipProblem = 'broken' | 'expandsTooMuch' | 'passwordProtected';

/** Whether the bytes begin as a zip file does, an empty one included. */
export function isZip(bytes: Uint8Array): boolean {
	const [p, k, third, fourth] = bytes;
	return (
		p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6))
	);
}

/** The entries of a zip file, from its central directory; folders left out. Inflates nothing. */
export function readZipDirectory(bytes: Uint8Array): Result<readonly ZipEntry[], ZipProblem> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const end = findEnd(view);
	if (end === null) return refuse('broken');
	const count = view.getUint16(end + 10, true);
	if (count > limits.zipEntries) return refuse('expandsTooMuch');
	let position = view.getUint32(end + 16, true);
	const entries: ZipEntry[] = [];
	let declared = 0;
	for (let index = 0; index < count; index++) {
		const read = readEntry(bytes, view, position);
		if (!read) return refuse('broken');
		position = read.next;
		if (read.entry.name.endsWith('/')) continue;
		declared += read.entry.size;
		entries.push(read.entry);
	}
	return declared > limits.expandedBytes ? refuse('expandsTooMuch') : ok(entries);
}

/** The end record stands before a comment of at most 64 kB. */
function findEnd(view: DataView): number | null {
	const lowest = Math.max(0, view.byteLength - 22 - 0xffff);
	for (let at = view.byteLength - 22; at >= lowest; at--) {
		if (view.getUint32(at, true) === 0x06054b50) return at;
	}
	return null;
}

function readEntry(
	bytes: Uint8Array,
	view: DataView,
	at: number
): { readonly entry: ZipEntry; readonly next: number } | null {
	if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) return null;
	const nameEnd = at + 46 + view.getUint16(at + 28, true);
	const extraEnd = nameEnd + view.getUint16(at + 30, true);
	const next = extraEnd + view.getUint16(at + 32, true);
	if (next > view.byteLength) return null;
	const method = view.getUint16(at + 10, true);
	const [size, compressedSize, offset] = sizesOf(view, at, nameEnd, extraEnd);
	if (method !== 0 && method !== 8) return null;
	const entry: ZipEntry = {
		name: new TextDecoder().decode(bytes.subarray(at + 46, nameEnd)).replaceAll('\\', '/'),
		compressedSize,
		size,
		crc: view.getUint32(at + 16, true),
		stored: method === 0,
		encrypted: (view.getUint16(at + 8, true) & 1) === 1,
		offset
	};
	return { entry, next };
}

/** Size, compressed size and offset; in a zip64 extra field where they are all ones. */
function sizesOf(
	view: DataView,
	at: number,
	extraStart: number,
	extraEnd: number
): [size: number, compressedSize: number, offset: number] {
	const plain: [number, number, number] = [
		view.getUint32(at + 24, true),
		view.getUint32(at + 20, true),
		view.getUint32(at + 42, true)
	];
	for (let field = extraStart; field + 4 <= extraEnd;) {
		const length = view.getUint16(field + 2, true);
		if (view.getUint16(field, true) === 1) {
			let value = field + 4;
			plain.forEach((number, index) => {
				if (number !== 0xffffffff || value + 8 > Math.min(extraEnd, field + 4 + length)) return;
				plain[index] = Number(view.getBigUint64(value, true));
				value += 8;
			});
		}
		field += 4 + length;
	}
	return plain;
}

/** Compressed bytes at a time: at most some 16 MB comes out of these before the budget is checked. */
const pushBytes = 16_384;

/**
 * Unpacks an entry piece by piece, and stops as soon as more comes out than the budget allows or
 * than the entry declares. The pieces are only valid during the call.
 */
export function inflateEntry(
	bytes: Uint8Array,
	entry: ZipEntry,
	budget: ExpandBudget,
	take: (piece: Uint8Array) => void
): Result<null, ZipProblem> {
	if (entry.encrypted) return refuse('passwordProtected');
	const data = dataOf(bytes, entry);
	if (!data) return refuse('broken');
	let length = 0;
	let check = crc32.start;
	const onPiece = (piece: Uint8Array) => {
		length += piece.length;
		budget.left -= piece.length;
		if (budget.left < 0 || length > entry.size) return;
		check = crc32.add(check, piece);
		take(piece);
	};
	const tooMuch = () => budget.left < 0;
	if (entry.stored) onPiece(data);
	else if (!inflate(data, onPiece, () => tooMuch() || length > entry.size)) return refuse('broken');
	if (tooMuch()) return refuse('expandsTooMuch');
	return length === entry.size && crc32.end(check) === entry.crc ? ok(null) : refuse('broken');
}

function inflate(
	data: Uint8Array,
	onPiece: (piece: Uint8Array) => void,
	mustStop: () => boolean
): boolean {
	const inflater = new Inflate(onPiece);
	try {
		for (let at = 0; at < data.length && !mustStop(); at += pushBytes) {
			inflater.push(data.subarray(at, at + pushBytes), at + pushBytes >= data.length);
		}
		return true;
	} catch {
		return false;
	}
}

function dataOf(bytes: Uint8Array, entry: ZipEntry): Uint8Array | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const { offset } = entry;
	if (offset + 30 > view.byteLength || view.getUint32(offset, true) !== 0x04034b50) return null;
	const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
	const end = start + entry.compressedSize;
	return end > bytes.length ? null : bytes.subarray(start, end);
}

/** All of an entry at once. */
export function readZipEntry(
	bytes: Uint8Array,
	entry: ZipEntry,
	budget: ExpandBudget
): Result<Uint8Array, ZipProblem> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	const done = inflateEntry(bytes, entry, budget, (piece) => {
		// The inflater reuses its buffer.
		pieces.push(piece.slice());
		length += piece.length;
	});
	if (!done.ok) return done;
	const whole = new Uint8Array(length);
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return ok(whole);
}
