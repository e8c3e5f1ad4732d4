import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { readBarcodes } from 'zxing-wasm/reader';
import { describe, expect, it } from 'vitest';
import { bestReader } from './best-reader.ts';
import type { CodeReader, StartReader } from './code-reader.ts';
import { startDetectorReader, type BarcodeDetectorClass } from './detector-reader.ts';
import { startPlainReader } from './plain-reader.ts';
import { contractOfReader } from './testing/reader-contract.ts';
import { startWasmReader } from './wasm-reader.ts';

async function loadWasm(): Promise<ArrayBuffer> {
	const { resolve } = createRequire(import.meta.url);
	return new Uint8Array(await readFile(resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer;
}

/**
 * Stands in for the browser's own, which Node has not: the tests look at how its answers are taken.
 */
function detectorKnowing(...formats: readonly string[]): BarcodeDetectorClass {
	return class {
		static getSupportedFormats = () => Promise.resolve(formats);

		async detect(frame: ImageData) {
			const found = await readBarcodes(frame, { formats: ['QRCode'] });
			return found.map(({ text, position: { topLeft, bottomRight } }) => {
				const [x, y] = [Math.min(topLeft.x, bottomRight.x), Math.min(topLeft.y, bottomRight.y)];
				const width = Math.abs(topLeft.x - bottomRight.x);
				const height = Math.abs(topLeft.y - bottomRight.y);
				return { rawValue: text, boundingBox: { x, y, width, height } };
			});
		}
	};
}

contractOfReader('zxing-wasm', () => startWasmReader(loadWasm));
contractOfReader('plain', () => Promise.resolve(startPlainReader()));
contractOfReader('browser’s own', async () => {
	await startWasmReader(loadWasm);
	return startDetectorReader(detectorKnowing('ean_13', 'qr_code'));
});

describe('the browser’s own reader', () => {
	it('is not there where the browser has none, or none for QR codes', async () => {
		expect(await startDetectorReader(undefined)).toBeNull();
		expect(await startDetectorReader(detectorKnowing('ean_13'))).toBeNull();
	});
});

describe('the best reader', () => {
	const frame = {} as ImageData;
	const reading = (text: string): CodeReader => ({ read: () => Promise.resolve(text) });
	const broken: CodeReader = { read: () => Promise.reject(new Error('no service')) };
	const starting =
		(reader: CodeReader | null): StartReader =>
		() =>
			Promise.resolve(reader);
	const failing: StartReader = () => Promise.reject(new Error('no WebAssembly'));

	it('is the first that starts', async () => {
		const ways = [starting(null), failing, starting(reading('third')), starting(reading('fourth'))];
		expect(await bestReader(ways).read(frame)).toBe('third');
	});

	it('leaves one that gives up for the next, and stays with that', async () => {
		const reader = bestReader([starting(broken), starting(reading('second'))]);
		expect(await reader.read(frame)).toBe('second');
		expect(await reader.read(frame)).toBe('second');
	});

	it('keeps the last, whose next picture may be better', async () => {
		let pictures = 0;
		const moody: CodeReader = {
			read: () => (pictures++ === 0 ? Promise.reject(new Error('odd')) : Promise.resolve('read'))
		};
		const reader = bestReader([starting(moody)]);
		await expect(reader.read(frame)).rejects.toThrow('odd');
		expect(await reader.read(frame)).toBe('read');
	});

	it('says so where nothing runs', async () => {
		await expect(bestReader([failing]).read(frame)).rejects.toThrow('no reader');
	});
});
