import { nearestMiddle, type CodeReader } from './code-reader.ts';

/** The Barcode Detection API as far as it is used; TypeScript's own types have none of it. */
export interface BarcodeDetectorClass {
	new (options: { formats: readonly string[] }): {
		detect(frame: ImageData): Promise<readonly DetectedBarcode[]>;
	};
	getSupportedFormats(): Promise<readonly string[]>;
}

interface DetectedBarcode {
	readonly rawValue: string;
	readonly boundingBox: Pick<DOMRectReadOnly, 'x' | 'y' | 'width' | 'height'>;
}

const format = 'qr_code';

/** Reads with the browser's own detector; null where there is none, or none that knows QR codes. */
export async function startDetectorReader(
	Detector: BarcodeDetectorClass | undefined
): Promise<CodeReader | null> {
	if (!Detector || !(await Detector.getSupportedFormats()).includes(format)) return null;
	const detector = new Detector({ formats: [format] });
	return {
		read: async (frame) => {
			const found = await detector.detect(frame);
			const codes = found.map(({ rawValue: text, boundingBox: { x, y, width, height } }) => ({
				text,
				x: x + width / 2,
				y: y + height / 2
			}));
			return nearestMiddle(codes, frame);
		}
	};
}
