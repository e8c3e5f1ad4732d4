import { BrowserQRCodeReader } from '@zxing/browser';
import {
	BinaryBitmap,
	DecodeHintType,
	Exception,
	HybridBinarizer,
	type LuminanceSource,
	RGBLuminanceSource
} from '@zxing/library';
import type { CodeReader } from './code-reader.ts';

/** Reads with @zxing/browser, in JavaScript alone: for browsers that have WebAssembly switched off. */
export function startPlainReader(): CodeReader {
	const reader = new BrowserQRCodeReader(new Map([[DecodeHintType.TRY_HARDER, true]]));
	const read = (source: LuminanceSource): string | null => {
		try {
			return reader.decodeBitmap(new BinaryBitmap(new HybridBinarizer(source))).getText();
		} catch (error) {
			// Its way of saying that there is no code, or one too damaged to read.
			if (error instanceof Exception) return null;
			throw error;
		}
	};
	return {
		read: (frame) => {
			const { width, height } = frame;
			const whole = new RGBLuminanceSource(luminances(frame), width, height);
			const middle = (share: number) => {
				const [w, h] = [Math.round(width * share), Math.round(height * share)];
				return whole.crop((width - w) >> 1, (height - h) >> 1, w, h);
			};
			// It takes the corners of neighbouring codes for those of one, so the middle comes first.
			return Promise.resolve(read(middle(0.4)) ?? read(middle(0.7)) ?? read(whole));
		}
	};
}

/** A byte a pixel, weighed as the eye does (ITU-R BT.601). */
function luminances({ data, width, height }: ImageData): Uint8ClampedArray {
	const grey = new Uint8ClampedArray(width * height);
	for (let at = 0, from = 0; at < grey.length; at++, from += 4) {
		grey[at] =
			(306 * (data[from] ?? 0) + 601 * (data[from + 1] ?? 0) + 117 * (data[from + 2] ?? 0)) >> 10;
	}
	return grey;
}
