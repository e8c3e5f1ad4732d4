import type { Raster, Weight } from './font-files.ts';

/** At 12 points this is 1000 dots an inch. */
const pixelsPerEm = 170;
const padding = 8;

/** Draws text with the device's own fonts (`PrintAssets.rasterize`), in a worker. */
export function rasterizeWithDevice(text: string, weight: Weight): Raster {
	const font = `${weight === 'bold' ? 600 : 400} ${pixelsPerEm}px system-ui, sans-serif`;
	const measured = context(1, 1, font).measureText(text);
	const left = Math.max(0, measured.actualBoundingBoxLeft) + padding;
	const baseline =
		Math.ceil(Math.max(measured.actualBoundingBoxAscent, pixelsPerEm * 0.8)) + padding;
	const below = Math.ceil(Math.max(measured.actualBoundingBoxDescent, 0)) + padding;
	const right = Math.max(measured.width, measured.actualBoundingBoxRight) + padding;
	const columns = Math.ceil(left + right);
	const rows = baseline + below;
	const canvas = context(columns, rows, font);
	canvas.fillText(text, left, baseline);
	const { data } = canvas.getImageData(0, 0, columns, rows);
	return {
		bits: toBits(data, columns, rows),
		columns,
		rows,
		pixelsPerEm,
		baseline,
		advance: columns
	};
}

function context(width: number, height: number, font: string): OffscreenCanvasRenderingContext2D {
	const canvas = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
	if (!canvas) throw new Error('no canvas');
	canvas.font = font;
	return canvas;
}

/** Ink by darkness and cover, its error spread to the neighbours (Floyd and Steinberg): emoji have colour. */
export function toBits(
	rgba: Uint8ClampedArray,
	columns: number,
	rows: number
): Uint8Array<ArrayBuffer> {
	const stride = (columns + 7) >> 3;
	const bits = new Uint8Array(stride * rows);
	let error = new Float32Array(columns + 2);
	for (let y = 0; y < rows; y++) {
		const below = new Float32Array(columns + 2);
		for (let x = 0; x < columns; x++) {
			const ink = inkAt(rgba, (y * columns + x) * 4) + (error[x + 1] ?? 0);
			const painted = ink >= 0.5;
			if (painted)
				bits[y * stride + (x >> 3)] = (bits[y * stride + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
			const left = ink - (painted ? 1 : 0);
			error[x + 2] = (error[x + 2] ?? 0) + (left * 7) / 16;
			below[x] = (below[x] ?? 0) + (left * 3) / 16;
			below[x + 1] = (below[x + 1] ?? 0) + (left * 5) / 16;
			below[x + 2] = (below[x + 2] ?? 0) + left / 16;
		}
		error = below;
	}
	return bits;
}

/** Also the lightest colour leaves some ink, or a pale shape would vanish. */
function inkAt(rgba: Uint8ClampedArray, at: number): number {
	const [r = 0, g = 0, b = 0, a = 0] = rgba.subarray(at, at + 4);
	const darkness = 1 - (0.299 * r + 0.587 * g + 0.114 * b) / 255;
	return (a / 255) * (0.1 + 0.9 * darkness);
}
