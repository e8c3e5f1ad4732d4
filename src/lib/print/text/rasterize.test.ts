import { describe, expect, it } from 'vitest';
import { toBits } from './rasterize.ts';

const pixel = { black: [0, 0, 0, 255], clear: [0, 0, 0, 0], yellow: [255, 220, 60, 255] } as const;

function image(columns: number, rows: number, at: (x: number, y: number) => keyof typeof pixel) {
	const data = new Uint8ClampedArray(columns * rows * 4);
	for (let i = 0; i < columns * rows; i++)
		data.set(pixel[at(i % columns, Math.floor(i / columns))], i * 4);
	return data;
}

function inkOf(bits: Uint8Array): number {
	return [...bits].reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
}

describe('toBits', () => {
	it('paints black and leaves clear, rows padded to bytes', () => {
		const bits = toBits(
			image(10, 2, (x, y) => ((x + y) % 2 === 0 ? 'black' : 'clear')),
			10,
			2
		);
		expect([...bits]).toEqual([0b10101010, 0b10000000, 0b01010101, 0b01000000]);
	});

	it('gives a light colour some ink, and less than black', () => {
		const ink =
			inkOf(
				toBits(
					image(32, 32, () => 'yellow'),
					32,
					32
				)
			) / 1024;
		expect(ink).toBeGreaterThan(0.1);
		expect(ink).toBeLessThan(0.6);
	});
});
