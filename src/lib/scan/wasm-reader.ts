import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import { nearestMiddle, type CodeReader } from './code-reader.ts';

const options: ReaderOptions = {
	formats: ['QRCode'],
	// For bars only: a QR code is found however it is turned.
	tryRotate: false,
	// Cards are dark on light.
	tryInvert: false,
	maxNumberOfSymbols: 4
};

/**
 * Reads with zxing-cpp in WebAssembly.
 *
 * @param load returns the bytes of `zxing_reader.wasm`
 */
export async function startWasmReader(load: () => Promise<ArrayBuffer>): Promise<CodeReader> {
	// Handed over as bytes: by itself the package would fetch them from somebody else's server.
	await prepareZXingModule({ overrides: { wasmBinary: await load() }, fireImmediately: true });
	return {
		read: async (frame) => {
			const found = await readBarcodes(frame, options);
			const codes = found.map(({ text, position: { topLeft, bottomRight } }) => ({
				text,
				x: (topLeft.x + bottomRight.x) / 2,
				y: (topLeft.y + bottomRight.y) / 2
			}));
			return nearestMiddle(codes, frame);
		}
	};
}
