import { ByteWriter } from './pdf/byte-writer.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';

/** A file for a zip. */
export interface ZipEntry {
	/** ASCII. */
	readonly name: string;
	readonly chunks: readonly Uint8Array<ArrayBuffer>[];
	/** False for what is compressed already. */
	readonly deflate: boolean;
}

interface Stored {
	readonly name: string;
	readonly method: number;
	readonly crc: number;
	readonly size: number;
	readonly body: Blob;
	readonly at: number;
}

const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endOfCentral = 0x06054b50;
const version = 20;
const deflated = 8;

/** A zip as a Blob; files are deflated by the browser. */
export async function makeZip(entries: readonly ZipEntry[], date: IsoDate): Promise<Blob> {
	const parts: Blob[] = [];
	const stored: Stored[] = [];
	let at = 0;
	for (const entry of entries) {
		const whole = new Blob([...entry.chunks]);
		const body = entry.deflate ? await deflate(whole) : whole;
		const file: Stored = {
			name: entry.name,
			method: entry.deflate ? deflated : 0,
			crc: crc32(entry.chunks),
			size: whole.size,
			body,
			at
		};
		const header = new Blob([fields(localHeader, file, date)]);
		parts.push(header, body);
		at += header.size + body.size;
		stored.push(file);
	}
	const central = new ByteWriter();
	for (const file of stored) central.bytes(fields(centralHeader, file, date));
	const end = new DataView(new ArrayBuffer(22));
	end.setUint32(0, endOfCentral, true);
	end.setUint16(8, stored.length, true);
	end.setUint16(10, stored.length, true);
	end.setUint32(12, central.length, true);
	end.setUint32(16, at, true);
	return new Blob([...parts, ...central.chunks(), end], { type: 'application/zip' });
}

async function deflate(data: Blob): Promise<Blob> {
	const stream = data.stream().pipeThrough(new CompressionStream('deflate-raw'));
	return new Response(stream).blob();
}

/** A local or a central header: APPNOTE 4.3.7 and 4.3.12. */
function fields(signature: number, file: Stored, date: IsoDate): Uint8Array<ArrayBuffer> {
	const central = signature === centralHeader;
	const start = central ? 46 : 30;
	const bytes = new Uint8Array(start + file.name.length);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, signature, true);
	if (central) view.setUint16(4, version, true);
	const shift = central ? 2 : 0;
	view.setUint16(4 + shift, version, true);
	view.setUint16(8 + shift, file.method, true);
	view.setUint16(12 + shift, dosDate(date), true);
	view.setUint32(14 + shift, file.crc, true);
	view.setUint32(18 + shift, file.body.size, true);
	view.setUint32(22 + shift, file.size, true);
	view.setUint16(26 + shift, file.name.length, true);
	if (central) view.setUint32(42, file.at, true);
	for (let i = 0; i < file.name.length; i++) bytes[start + i] = file.name.charCodeAt(i);
	return bytes;
}

function dosDate(date: IsoDate): number {
	const [year = 1980, month = 1, day = 1] = date.split('-').map(Number);
	return ((year - 1980) << 9) | (month << 5) | day;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
	let crc = n;
	for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	return crc;
});

export function crc32(chunks: readonly Uint8Array[]): number {
	let crc = 0xffffffff;
	for (const chunk of chunks) {
		for (let i = 0; i < chunk.length; i++) {
			crc = (crcTable[(crc ^ (chunk[i] as number)) & 255] as number) ^ (crc >>> 8);
		}
	}
	return (crc ^ 0xffffffff) >>> 0;
}
