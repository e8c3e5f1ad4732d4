import { encodeQR } from 'qr';
import { byteString } from './pdf/syntax.ts';

/** A QR code, made once per card and shared by all papers. */
export interface QrCode {
	/** Modules a side. */
	readonly modules: number;
	/**
	 * A bit per module, rows padded to whole bytes, 0 is dark: what a PDF image mask paints. A character
	 * a byte.
	 */
	readonly rows: string;
}

/** Version 6 with medium correction holds this many characters of base45. */
const longestForVersion6 = 154;
const border = 1;

/**
 * The QR code of a card's text. A fixed mask halves the time, and readers do not mind; another one is
 * taken only when the bits would look like the end of an inline image.
 */
export function qrCodeOf(text: string): QrCode {
	for (let mask = 2; mask < 10; mask++) {
		const code = pack(
			encodeQR(text, 'raw', {
				ecc: 'medium',
				encoding: 'alphanumeric',
				mask: mask % 8,
				border,
				...(text.length <= longestForVersion6 && { version: 6 })
			})
		);
		// Readers look for white space, `EI` and white space, whatever the image's size says.
		if (!code.rows.includes('EI')) return code;
	}
	throw new Error('no mask is safe');
}

function pack(matrix: readonly (readonly boolean[])[]): QrCode {
	const modules = matrix.length - 2 * border;
	const stride = (modules + 7) >> 3;
	const rows = new Uint8Array(stride * modules).fill(0xff);
	for (let y = 0; y < modules; y++) {
		const row = matrix[y + border];
		for (let x = 0; x < modules; x++) {
			const at = y * stride + (x >> 3);
			if (row?.[x + border]) rows[at] = (rows[at] ?? 0) & ~(0x80 >> (x & 7));
		}
	}
	return { modules, rows: byteString(rows) };
}

function isDark({ modules, rows }: QrCode, x: number, y: number): boolean {
	const stride = (modules + 7) >> 3;
	return ((rows.charCodeAt(y * stride + (x >> 3)) >> (7 - (x & 7))) & 1) === 0;
}

/** The dark modules as an SVG path, a run of modules at a time. */
export function qrPath(code: QrCode): string {
	let path = '';
	for (let y = 0; y < code.modules; y++) {
		for (let x = 0; x < code.modules; x++) {
			if (!isDark(code, x, y)) continue;
			const start = x;
			while (x < code.modules && isDark(code, x, y)) x++;
			path += `M${start} ${y}h${x - start}v1h${start - x}z`;
		}
	}
	return path;
}
