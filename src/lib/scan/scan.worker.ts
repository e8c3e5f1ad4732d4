import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { bestReader } from './best-reader.ts';
import type { ScanReply } from './bridge.ts';
import { startDetectorReader, type BarcodeDetectorClass } from './detector-reader.ts';

/** The part of a worker's global scope that is used; the DOM's types have no worker. */
const scope = self as unknown as {
	BarcodeDetector?: BarcodeDetectorClass;
	onmessage: (event: MessageEvent<ImageBitmap>) => void;
	postMessage(reply: ScanReply): void;
};

const reader = bestReader([
	() => startDetectorReader(scope.BarcodeDetector),
	async () => (await import('./wasm-reader.ts')).startWasmReader(loadWasm),
	async () => (await import('./plain-reader.ts')).startPlainReader()
]);

const canvas = new OffscreenCanvas(1, 1);
const context = canvas.getContext('2d', { willReadFrequently: true });

scope.onmessage = ({ data }) => {
	void answer(data).then((reply) => scope.postMessage(reply));
};

async function answer(picture: ImageBitmap): Promise<ScanReply> {
	try {
		return { text: await reader.read(pixelsOf(picture)) };
	} catch (error) {
		return { failed: String(error) };
	}
}

function pixelsOf(picture: ImageBitmap): ImageData {
	if (!context) throw new Error('no canvas to read a picture from');
	const { width, height } = picture;
	Object.assign(canvas, { width, height });
	context.drawImage(picture, 0, 0);
	picture.close();
	const pixels = context.getImageData(0, 0, width, height);
	// Nothing of a picture stays.
	context.clearRect(0, 0, width, height);
	return pixels;
}

/** A file of the app itself, which the service worker has precached. */
async function loadWasm(): Promise<ArrayBuffer> {
	const response = await fetch(wasmUrl);
	if (!response.ok) throw new Error(`could not load ${wasmUrl}`);
	return response.arrayBuffer();
}
