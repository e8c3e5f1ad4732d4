import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
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
		const page = await pdf.getPage(number);
		codes.push(...(await codesOn(pdf, page)));
	}
	return codes;
}

async function codesOn(pdf: PDFDocumentProxy, page: PDFPageProxy): Promise<PlacedCode[]> {
	const viewport = page.getViewport({ scale: 1 / pointsPerPixel });
	const factory = pdf.canvasFactory as CanvasFactory;
	const { canvas, context } = factory.create(viewport.width, viewport.height);
	await page.render({ canvas, canvasContext: context, viewport }).promise;
	const image = context.getImageData(0, 0, canvas.width, canvas.height);
	page.cleanup();
	const found = await readBarcodes(image, upright);
	return found.map(({ text, position: { topLeft, bottomRight } }) => ({
		text,
		page: page.pageNumber,
		x: ((topLeft.x + bottomRight.x) / 2) * pointsPerPixel,
		y: (canvas.height - (topLeft.y + bottomRight.y) / 2) * pointsPerPixel
	}));
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
