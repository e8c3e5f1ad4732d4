import type { OtherKind } from '../text/problem.ts';
import { isZip } from '../zip/zip.ts';

export type SniffedKind = 'zip' | 'xml' | 'text' | 'passwordProtected' | OtherKind;

/** Which kind of file the bytes are, whatever the file is called. */
export function sniff(bytes: Uint8Array): SniffedKind {
	if (isZip(bytes)) return 'zip';
	const binary = sniffBinary(bytes);
	if (binary) return binary;
	const start = startOf(bytes);
	if (/^<\?xml|^<[A-Za-z_][\w.-]*[\s:>]/.test(start)) return sniffMarkup(start);
	if (/^<!doctype html|^<!--/i.test(start)) return 'html';
	if (/^\{\s*["}]|^\[\s*[[{"\]]/.test(start)) return 'json';
	return looksLikeText(bytes) ? 'text' : 'unknown';
}

function sniffBinary(bytes: Uint8Array): SniffedKind | null {
	const head = Array.from(bytes.subarray(0, 12), (byte) => String.fromCharCode(byte)).join('');
	if (head.startsWith('%PDF')) return 'pdf';
	if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return sniffCompound(bytes);
	if (/^\x89PNG|^\xff\xd8\xff|^GIF8|^BM.{4}\0\0|^II\*\0|^MM\0\*|^RIFF.{4}WEBP/s.test(head)) {
		return 'image';
	}
	return /^.{4}ftyp(hei|mif|avif)/s.test(head) ? 'image' : null;
}

/** An OLE file: a workbook of before 2007, or one of today behind a password. */
function sniffCompound(bytes: Uint8Array): SniffedKind {
	const names = new TextDecoder('utf-16le').decode(bytes.subarray(0, bytes.length & ~1));
	if (names.includes('EncryptedPackage')) return 'passwordProtected';
	return names.includes('WordDocument') ? 'word' : 'oldExcel';
}

function startOf(bytes: Uint8Array): string {
	const [first, second] = bytes;
	const utf16 = first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-16be';
	const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
	const decoder = new TextDecoder(isUtf16 ? utf16 : 'utf-8');
	return decoder.decode(bytes.subarray(0, 1024)).trimStart();
}

/** Old packages write a web page and call it `.xls`. */
function sniffMarkup(start: string): SniffedKind {
	if (/<html[\s>]|<table[\s>]|<!doctype html/i.test(start)) return 'html';
	return /urn:schemas-microsoft-com:office:spreadsheet/.test(start) ? 'oldExcel' : 'xml';
}

/** Hardly any control characters; the zeros of UTF-16 stand in every other byte. */
function looksLikeText(bytes: Uint8Array): boolean {
	const sample = bytes.subarray(0, 4096);
	let control = 0;
	let zeros = 0;
	for (const byte of sample) {
		if (byte === 0) zeros++;
		else if (byte < 9 || (byte > 13 && byte < 32) || byte === 127) control++;
	}
	const utf16 = zeros > sample.length * 0.3 && zeros < sample.length * 0.6;
	return control <= sample.length * 0.01 && (zeros === 0 || utf16);
}
