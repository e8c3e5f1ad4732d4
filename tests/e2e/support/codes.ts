import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import type { PlacedCard } from './papers.ts';

/** A QR code on a page of a PDF. */
export interface PlacedCode {
	text: string;
	page: number;
	/** Of its middle, in points from the page's bottom left. */
	x: number;
	y: number;
}

/** Points on paper per pixel: 150 dots per inch, less than any printer has. */
const pointsPerPixel = 72 / 150;

/** A drawn page is sharp, upright and dark on light: what a camera's picture needs is left out. */
const upright: ReaderOptions = {
	formats: ['QRCode'],
	tryInvert: false,
	tryRotate: false,
	tryDownscale: false
};

const wasm = readFileSync(
	createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
);
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });

/** Draws every page and reads every QR code on it, as a camera would. */
export async function codesOf(pdf: PDFDocumentProxy): Promise<PlacedCode[]> {
	const codes: PlacedCode[] = [];
	for (let number = 1; number <= pdf.numPages; number++) {
		const image = await drawPage(pdf, number, pointsPerPixel);
		const found = await readBarcodes(image, upright);
		const placed = found.map(({ text, position: { topLeft, bottomRight } }) => ({
			text,
			page: number,
			x: ((topLeft.x + bottomRight.x) / 2) * pointsPerPixel,
			y: (image.height - (topLeft.y + bottomRight.y) / 2) * pointsPerPixel
		}));
		codes.push(...placed);
	}
	return codes;
}

/** A page as it looks on paper. @param resolution points on paper per pixel */
export async function drawPage(
	pdf: PDFDocumentProxy,
	number: number,
	resolution: number
): Promise<ImageData> {
	const page = await pdf.getPage(number);
	const viewport = page.getViewport({ scale: 1 / resolution });
	const factory = pdf.canvasFactory as CanvasFactory;
	const { canvas, context } = factory.create(viewport.width, viewport.height);
	await page.render({ canvas, canvasContext: context, viewport }).promise;
	page.cleanup();
	return context.getImageData(0, 0, canvas.width, canvas.height);
}

interface CanvasFactory {
	create(
		width: number,
		height: number
	): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D };
}

/** Which code stands on which card: the one nearest to its text. */
export function codesByUserName(
	cards: readonly PlacedCard[],
	codes: readonly PlacedCode[]
): Record<string, string> {
	const pairs = codes.map((code) => {
		const [nearest] = cards
			.filter(({ page }) => page === code.page)
			.sort((one, other) => distance(one, code) - distance(other, code));
		return [nearest?.userName ?? '', code.text] as const;
	});
	return Object.fromEntries(pairs.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Labels are wider than high, so what lies beside counts less. */
function distance(card: { x: number; y: number }, code: PlacedCode): number {
	// Text stands left of its code.
	const aside = code.x - card.x;
	return (aside < 0 ? Infinity : aside) + 4 * Math.abs(code.y - card.y);
}
